"""The command-line door: `casebook`. Arguments in, exit code out."""

from __future__ import annotations

import io
import os
import sys
import traceback
from importlib import import_module

import click

from casebook_site import __version__
from casebook_site.base.parallel import no_garbage_collection
from casebook_site.base.problems import ContentError, UserError, render_text
from casebook_site.base.system_errors import sentence_of
from casebook_site.cli.options import EXIT_COULD_NOT_RUN, EXIT_PROBLEMS, tell
from casebook_site.cli.usage import usage_sentence

EXIT_INTERRUPTED, EXIT_PIPE = 130, 141
"""As shells count a command that Ctrl+C or a closed pipe has ended."""

COMMANDS = {
    "build": "building.build",
    "bundle": "making.bundle",
    "check": "checking.check",
    "collect": "collecting.collect_command",
    "doctor": "records.doctor_command",
    "edit": "forms.edit_command",
    "export": "spreadsheets.export_command",
    "import": "spreadsheets.import_command",
    "new": "records.new_command",
    "pack": "making.pack",
    "release": "releasing.release_command",
    "rename": "records.rename_command",
    "results": "results.results_command",
    "review": "review.review_group",
    "schema": "records.schema_command",
    "serve": "serving.serve",
    "undo": "records.undo_command",
    "verify": "verifying.verify",
}
"""Name of a command → where it stands below `casebook_site.cli`."""

_EDITING = ("collect", "import", "release", "rename", "review", "undo")


class LazyGroup(click.Group):
    """Imports a command when it is asked for: a build needs no spreadsheets, a check no forms."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All names; help and completion then ask for each."""
        return [*COMMANDS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(".")
        with no_garbage_collection():  # which took a tenth of the time, and found nothing
            commands = import_module(f"casebook_site.cli.{module}")
        command: click.Command = getattr(commands, attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casebook")
def cli() -> None:
    """Casebook：把 YAML 记录做成案例与教学点知识网站。

    \b
    例：
      casebook check              检查全部内容
      casebook build              构建网站到 site/
      casebook build --audience internal   构建内部版到 site-internal/
      casebook serve              边写边看
      casebook bundle county:yucheng       做禹城市的离线包
      casebook verify bundles/county-yucheng.zip   核对离线包
      casebook pack county:yiyuan --format docx   做学习资料
    """


def main() -> None:
    """Run the command; a user's mistake, or what the system refuses, is shown without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # what a console cannot show must not end a command
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_pipe()
        code = EXIT_PIPE
    except OSError as error:
        tell(f"错误：{sentence_of(error)}")
        code = EXIT_COULD_NOT_RUN
    sys.exit(code)


def _run() -> int:
    """Return the exit code; raise `OSError`."""
    try:
        return int(cli(prog_name="casebook", standalone_mode=False) or 0)
    except ContentError as error:
        click.echo(render_text(error.problems))
        click.echo(f"共 {len(error.problems)} 处问题，{_unchanged()}没有改动。", err=True)
        return EXIT_PROBLEMS
    except UserError as error:
        tell(f"错误：{error}")
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        tell(f"错误：{usage_sentence(error)}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except OSError:
        raise
    except Exception:  # a fault of the program: not to be taken for problems of the content
        traceback.print_exc()
    return EXIT_COULD_NOT_RUN


def _unchanged() -> str:
    """Return what the command would have changed: records, or the site."""
    command = next((word for word in sys.argv[1:] if word in COMMANDS), "")
    return "记录" if command in _EDITING else "网站"


def _leave_pipe() -> None:
    """Write to nowhere from now on: whoever read what we print has gone, as `head` does."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    main()
