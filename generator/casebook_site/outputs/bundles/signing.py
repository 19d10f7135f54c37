"""Signatures over `SHA256SUMS`, as minisign (Ed25519) makes and checks them.

`minisign -Vm SHA256SUMS -p key.pub` checks them too. The library is optional: `make bundles`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.outputs.bundles.manifest import Manifest


def _minisign() -> Any:
    try:
        import minisign
    except ImportError:
        raise SettingsError(
            "签名和验签要用 py-minisign，还没有装。在仓库里运行 make bundles。"
        ) from None
    return minisign


class Signer:
    """A secret key that is ready to sign."""

    def __init__(self, key_file: Path, password: str) -> None:
        """Read a key that minisign made; raise `SettingsError` for a wrong file or password."""
        minisign = _minisign()
        try:
            self._key = minisign.SecretKey.from_file(key_file)
            if self._key.is_encrypted():
                self._key.decrypt(password)
        except OSError as error:
            raise SettingsError(f"密钥文件 {key_file} 读不出来：{reason_of(error)}。") from None
        except minisign.Error:
            raise SettingsError(f"密钥文件 {key_file} 或密码不对。") from None

    @property
    def public_key(self) -> str:
        """The public half of the key, which tells it from other keys."""
        return bytes(self._key.get_public_key()).hex()

    def sign(self, sums: bytes, manifest: Manifest) -> bytes:
        """Return the signature file of a bundle's sums."""
        return self._signed(sums, manifest)

    def sign_text(self, text: str, manifest: Manifest) -> str:
        """Return the signature of a text that a bundle holds."""
        return self._signed(text.encode(), manifest).decode()

    def _signed(self, content: bytes, manifest: Manifest) -> bytes:
        """Return a signature; it names the bundle that was signed, and holds no clock."""
        comment = f"{manifest.scope} {manifest.edition} {manifest.version} {manifest.date}".strip()
        return bytes(self._key.sign(content, trusted_comment=comment))


def signature_fault(key_file: Path, sums: bytes, signature: bytes) -> str:
    """Why a signature is not one of a public key's owner; empty when it is."""
    minisign = _minisign()
    try:
        key = minisign.PublicKey.from_file(key_file)
    except (OSError, minisign.Error):
        raise SettingsError(f"公钥文件 {key_file} 读不出来，或者不是 minisign 的公钥。") from None
    try:
        key.verify(sums, minisign.Signature.from_bytes(signature))
    except Exception:  # what is no signature at all fails in any way
        return "签名不是这把公钥的主人签的，或者清单被改动。"
    return ""
