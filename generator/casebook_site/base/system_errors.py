"""What the operating system refuses, in words."""

from __future__ import annotations

import errno
import re
import shutil
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
    errno.EEXIST: "那里已经有一个",
    errno.ENOTEMPTY: "文件夹里还有东西",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "名字或路径太长",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EBUSY: "正被别的程序用着",
    errno.ETXTBSY: "正被别的程序用着",
    errno.EFBIG: "文件太大",
    errno.ENOMEM: "内存不够",
    errno.EINVAL: "系统不接受这个名字或操作",
    errno.ECONNREFUSED: "那里没有程序应答",
    errno.ECONNRESET: "连接断了",
    errno.EPIPE: "连接断了",
    errno.ETIMEDOUT: "等得太久没有应答",
    errno.EADDRINUSE: "端口已经被占用",
    errno.EADDRNOTAVAIL: "这台电脑没有这个地址",
}
"""`errno` → why, in Chinese."""


ADVICE = {
    errno.ENOSPC: "腾出一些空间再来。",
    errno.EDQUOT: "腾出一些空间再来。",
    errno.EROFS: "换一个能写的文件夹。",
    errno.EACCES: "检查文件夹的权限，或换一个自己的文件夹。",
    errno.EPERM: "检查文件夹的权限，或换一个自己的文件夹。",
    errno.ENOENT: "核对路径；若文件刚被移走或改名，再运行一次。",
    errno.ENOTDIR: "把那个文件移走，或改正路径。",
    errno.EISDIR: "把那个文件夹移走，或改正路径。",
    errno.ELOOP: "删去绕圈的链接。",
    errno.ENAMETOOLONG: "把文件夹移到路径短些的地方。",
    errno.EBUSY: "关掉用着它的程序再来。",
    errno.EADDRINUSE: "换一个端口。",
}
"""`errno` → what to do about it, in Chinese."""


_NUMBER = re.compile(r"\[Errno ([0-9]+)\]")


def _number_of(error: OSError) -> int:
    """Return the `errno`; that of the first file where many were copied, 0 if there is none."""
    if isinstance(error, shutil.Error) and (found := _NUMBER.search(str(error))):
        return int(found[1])
    return error.errno or 0


def sentence_of(error: OSError) -> str:
    """Return in Chinese what the system refused, why, and what to do; one line without a traceback."""
    named = error.filename2 if isinstance(error.filename2, str) else error.filename
    about = f"{named}：" if isinstance(named, str) else ""
    advice = ADVICE.get(_number_of(error), "检查磁盘和权限，再试一次。")
    return f"{about}{reason_of(error)}。{advice}"


def reason_of(error: OSError) -> str:
    """Return in Chinese why the system refused; its own words for what is rare."""
    if isinstance(error, socket.gaierror):
        return "找不到这个地址"
    if "inotify" in (error.strerror or ""):  # its number says that the disk is full
        return "系统看不住这么多文件夹（inotify 的上限）"
    return REASONS.get(_number_of(error)) or error.strerror or str(error)
