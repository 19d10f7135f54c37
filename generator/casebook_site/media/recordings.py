"""MP3 and MP4 without tags: sound and pictures stay byte for byte.

MP3: ID3v1, ID3v2.4, APEv2. MP4: ISO/IEC 14496-12.
"""

from __future__ import annotations

from casebook_site.media.errors import MediaError


def mp3(content: bytes) -> bytes:
    """Return an MP3 without the tags before and behind the sound."""
    begin, end = 0, len(content)
    while content[begin : begin + 3] == b"ID3" and begin + 10 <= end:
        size = 0
        for byte in content[begin + 6 : begin + 10]:
            size = size << 7 | byte & 0x7F
        begin += 10 + size + (10 if content[begin + 5] & 0x10 else 0)
    while (shorter := _before_last_tag(content, begin, end)) < end:
        end = shorter
    if begin >= end:
        raise MediaError("MP3 里没有声音")
    return content[begin:end]


def _before_last_tag(content: bytes, begin: int, end: int) -> int:
    """Return where the last tag behind the sound begins; `end` if there is none."""
    if end - begin >= 128 and content[end - 128 : end - 125] == b"TAG":
        return end - 128
    if end - begin >= 32 and content[end - 32 : end - 24] == b"APETAGEX":
        size = int.from_bytes(content[end - 20 : end - 16], "little")
        has_header = int.from_bytes(content[end - 12 : end - 8], "little") >> 31
        return max(begin, end - size - 32 * has_header)
    if end - begin >= 15 and content[end - 9 : end] == b"LYRICS200":
        digits = content[end - 15 : end - 9]
        return max(begin, end - 15 - int(digits)) if digits.isdigit() else end
    return end


_BOXES = frozenset(
    [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"moof", b"traf", b"mvex"]
)
_TAGS = frozenset([b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"ilst", b"keys"])
_CLOCKS = frozenset([b"mvhd", b"tkhd", b"mdhd"])


def mp4(content: bytes) -> bytes:
    """Return an MP4 of the same length in which tags are empty and clocks stand at their beginning.

    Nothing moves: the index of a film names places in the file. Raise `MediaError` for a film with
    a track of measurements, as telephones write with the place of every moment.
    """
    if content[4:8] != b"ftyp":
        raise MediaError("不是 MP4 视频")
    cleaned = bytearray(content)
    _clean(cleaned, 0, len(cleaned), 0)
    return bytes(cleaned)


def _clean(film: bytearray, at: int, end: int, depth: int) -> None:
    """Empty the tags among the boxes of a stretch, and in what lies in them."""
    while at + 8 <= end:
        size, head = int.from_bytes(film[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(film[at + 8 : at + 16], "big"), 16
        after = end if size == 0 else at + size
        if size and (size < head or after > end):
            raise MediaError("MP4 视频已损坏")
        name = bytes(film[at + 4 : at + 8])
        if name in _TAGS:
            film[at + 4 : at + 8] = b"free"
            film[at + head : after] = bytes(after - at - head)
        elif name in _CLOCKS:
            width = 16 if film[at + head] == 1 else 8
            film[at + head + 4 : at + head + 4 + width] = bytes(width)
        elif name == b"hdlr" and film[at + head + 8 : at + head + 12] == b"meta":
            raise MediaError("视频里另有记录地点等信息的轨道，用剪辑软件重新导出一次")
        elif name in _BOXES and depth < 8:
            _clean(film, at + head, after, depth + 1)
        at = after
