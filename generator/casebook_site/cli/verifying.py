"""Whether a bundle is whole: `verify`. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path

import click

from casebook_site.base.problems import RENDERERS
from casebook_site.cli.options import EXIT_PROBLEMS, json_option, tell
from casebook_site.outputs.bundles.verifying import verify as verify_bundle


@click.command()
@click.argument("bundle", metavar="离线包", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RENDERERS)),
    default="text",
    show_default=True,
    help="text 供人看，json 供程序读。",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="minisign 的公钥文件：还要求离线包由它的主人签名。",
)
@json_option
@click.pass_context
def verify(
    context: click.Context, bundle: Path, format_: str, key: Path | None, as_json: bool
) -> None:
    """核对离线包：zip 或解压后的文件夹是否完整、有没有被改动。

    退出码：0 完好，1 有问题，2 不是离线包或读不出来。
    """
    format_ = "json" if as_json else format_
    verdict = verify_bundle(bundle, key)
    text = RENDERERS[format_](verdict.problems)
    if text:
        click.echo(text)
    if format_ == "text":
        known = verdict.manifest
        if verdict.leftover:
            names = "、".join(verdict.leftover[:5])
            tell(f"另有 {len(verdict.leftover)} 个不属于这一版的文件：{names}。")
        state = f"有 {len(verdict.problems)} 处问题" if verdict.problems else "完好"
        tell(
            f"{known.title}（{known.scope}），版本 {known.version}，{len(known.files)} 个文件：{state}。"
        )
    context.exit(EXIT_PROBLEMS if verdict.problems else 0)
