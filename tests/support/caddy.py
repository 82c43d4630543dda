"""`jiyue hosting caddy` with a real Caddy on loopback: what nginx answers, it
answers too (nginx.py)."""

import os
import shutil

import cases
import nginx


class Server(nginx.Server):
    """Caddy with the configuration that the program prints; only where it
    listens is another, and it writes nothing outside `folder`."""

    NAME = "caddy"

    @staticmethod
    def program():
        return shutil.which("caddy")

    @staticmethod
    def has_brotli():
        return True

    @staticmethod
    def warns(words):
        """That there is no TLS is how it is tried here."""
        return any('"warn"' in line and "automatic HTTPS" not in line
                   for line in words.splitlines())

    def configure(self, text):
        path = os.path.join(self.folder, "Caddyfile")
        cases.write(os.path.join(self.folder, "jiyue.caddy"), text)
        cases.write(path, "{\n\tadmin off\n\tauto_https off\n"
                    f"\thttp_port {self.port}\n"
                    "\tdefault_bind 127.0.0.1 ::1\n"
                    f"\tstorage file_system {self.folder}/storage\n}}\n"
                    f"import {self.folder}/jiyue.caddy\n")
        call = ["env", f"HOME={self.folder}", f"XDG_CONFIG_HOME={self.folder}",
                f"XDG_DATA_HOME={self.folder}", self.program()]
        options = ["--adapter", "caddyfile", "--config", path]
        return [*call, "validate", *options], [*call, "run", *options]


JOBS = nginx.jobs(Server)
