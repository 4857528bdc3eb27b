"""The option that says under whose name something is taken down."""

import click

as_user = click.option(
    "--as",
    "user_name",
    default="owner",
    show_default=True,
    envvar="HABEAS_USER",
    show_envvar=True,
    help="Name under which it is taken down.",
)
