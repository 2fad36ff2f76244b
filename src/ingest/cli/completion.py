"""``ingest completion``"""

from __future__ import annotations

import click


@click.command("completion", short_help="Print a shell's completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, /, shell: str) -> None:
    """Print the script that lets a shell complete commands, options, their values and file names.

    \b
    $ echo 'eval "$(ingest completion bash)"' >> ~/.bashrc
    $ echo 'eval "$(ingest completion zsh)"' >> ~/.zshrc
    $ ingest completion fish > ~/.config/fish/completions/ingest.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    from ingest.write.output import print_text

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(context.find_root().command, {}, "ingest", "_INGEST_COMPLETE")
    context.exit(print_text(ShellComplete.source(script) + "\n"))  # bash's own asks for the version of a bash
