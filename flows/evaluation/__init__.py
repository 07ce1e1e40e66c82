"""The evaluation of whole months: figures made of the counts of the casebook, small numbers masked, a page and CSV."""
