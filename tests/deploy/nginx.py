"""A real nginx on loopback, with the very file that ``deploy/`` gives to operators; only places are put in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.deploy.serving import ROOT, certificate, end, listens, start, wait_for

SITE = ROOT / "deploy" / "nginx.conf"
#: Debian keeps it where only root looks.
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
#: Whether it can be tried: with the program that makes its certificate.
IS_HERE = PROGRAM is not None and shutil.which("openssl") is not None

AROUND = """
daemon off;
{user}
worker_processes 1;
pid {place}/pid;
error_log {place}/nginx.log warn;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    include {place}/kata.conf;
}}
"""


class Nginx:
    """Serves ``ports`` of the app on ``tls`` (and ``plain``, which sends there), its logs in ``place``."""

    def __init__(self, place: Path, ports: tuple[int, int], plain: int, tls: int) -> None:
        place.mkdir()
        self.place, self.tls, self.plain = place, tls, plain
        (place / "kata.conf").write_text(_put_in(SITE.read_text(), place, ports, plain, tls))
        user = "user root;" if place.owner() == "root" else ""
        (place / "nginx.conf").write_text(AROUND.format(place=place, user=user))
        self.command = [str(PROGRAM), "-p", str(place), "-c", str(place / "nginx.conf"), "-e", str(place / "nginx.log")]

    def check(self) -> str:
        """What ``nginx -t`` says of it; fails where nginx would not start."""
        asked = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        assert asked.returncode == 0, asked.stderr
        return asked.stderr

    def start(self) -> None:
        self.process = start(self.command, self.place / "out", {})
        wait_for(lambda: listens(self.tls), "nginx")

    def end(self) -> None:
        end(self.process)

    def log(self) -> str:
        """Everything that nginx has written down."""
        files = ("kata.log", "kata.error.log", "nginx.log", "out")
        return "".join((self.place / name).read_text() for name in files if (self.place / name).exists())


def _put_in(text: str, place: Path, ports: tuple[int, int], plain: int, tls: int) -> str:
    changed = {
        "127.0.0.1:8001": f"127.0.0.1:{ports[0]}",
        "127.0.0.1:8002": f"127.0.0.1:{ports[1]}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "server_name kata.example.org;": "server_name kata.test;",
        "/etc/ssl/kata/fullchain.pem": str(certificate()),
        "/etc/ssl/kata/privkey.pem": str(certificate()),
        "/var/log/nginx": str(place),
        "/var/cache/nginx": str(place),
    }
    for given, put in changed.items():
        assert given in text, f"{given} is not in the site any more"
        text = text.replace(given, put)
    return re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.exit(not IS_HERE)
