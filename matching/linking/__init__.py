"""Who is who when the key is missing or wrong: frames in, frames out, no knowledge of where they come from."""

from matching.linking.candidates import Candidates, candidates
from matching.linking.compare import compare
from matching.linking.decide import decide
from matching.linking.estimate import estimate
from matching.linking.exact import exact
from matching.linking.linker import link
from matching.linking.standard import standardise
from matching.linking.weights import Weights

__all__ = ["Candidates", "Weights", "candidates", "compare", "decide", "estimate", "exact", "link", "standardise"]
