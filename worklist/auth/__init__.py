"""Who comes in: log-in, session, and what is asked of every request and answer.

A session is a row in the casebook and a random number in a cookie. That is simpler and safer than a signed cookie that
says who somebody is: logging out ends it everywhere, a copy of the cookie is worth nothing afterwards, what somebody
may see is not in their browser, and there is nothing in the cookie but that number.
"""

from worklist.auth.entrance import Entrance, guard

__all__ = ["Entrance", "guard"]
