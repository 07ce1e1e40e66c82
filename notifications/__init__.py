"""From advice to a delivered message: names and addresses, the text of a notice, the letter, the channels."""
