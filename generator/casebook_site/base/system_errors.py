"""What the operating system refuses, in words."""

from __future__ import annotations

import errno
import socket

REASONS = {
    errno.ENOSPC: "磁盘空间不够",
    errno.EDQUOT: "磁盘空间不够",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "找不到文件或文件夹",
    errno.EISDIR: "那里是一个文件夹",
    errno.ENOTDIR: "那里是一个文件，不是文件夹",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.EADDRINUSE: "端口已经被占用",
    errno.EADDRNOTAVAIL: "这台电脑没有这个地址",
}
"""`errno` → why, in Chinese."""


def reason_of(error: OSError) -> str:
    """Return in Chinese why the system refused; its own words for what is rare."""
    if isinstance(error, socket.gaierror):
        return "找不到这个地址"
    if "inotify" in (error.strerror or ""):  # its number says that the disk is full
        return "系统看不住这么多文件夹（inotify 的上限）"
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
