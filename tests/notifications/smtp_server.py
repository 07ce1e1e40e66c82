"""A mail server that follows a script: what it says at each step of a mail, and where it hangs up."""

import socket
import threading

CUT = "hangs up"
#: The steps, and what a server in order says.
GOOD = {
    "hello": "250 ok",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "end": "250 taken",
    "quit": "221 bye",
}


class MailServer:
    """``texts`` are the mails it took; ``answers`` what it says otherwise than a good server, by step."""

    def __init__(self, **answers):
        self.answers, self.texts, self.seen = GOOD | answers, [], []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection, lines):
        connection.sendall(b"220 here\r\n")
        for line in lines:
            word = line[:4].strip().upper()
            step = {
                b"EHLO": "hello",
                b"HELO": "hello",
                b"MAIL": "mail",
                b"RCPT": "rcpt",
                b"DATA": "data",
                b"QUIT": "quit",
            }[word]
            self.seen.append(step)
            if not self._says(connection, step):
                return
            if step == "data" and self.answers["data"].startswith("354"):
                text = b"".join(iter(lambda: next(lines), b".\r\n"))
                if self.answers["end"] != "drops":
                    self.texts.append(text)
                if not self._says(connection, "end"):
                    return

    def _says(self, connection, step):
        said = self.answers[step]
        if said in (CUT, "drops"):
            return False
        connection.sendall(said.encode() + b"\r\n")
        return step != "quit"
