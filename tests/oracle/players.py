"""Plays whole transcripts on the real tools, several at a time."""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import network
import transcript
from world import CAREFUL, World

PORT = None  # of this process, set when it starts


def play(tools, markdown, pace=CAREFUL):
    """The transcript with what the real tools print today."""
    with World(tools, PORT, pace) as world:
        if not transcript.starts_server(markdown):
            world.serve()
        parts = [world.play(lines, session) if session else lines for session, lines in transcript.pieces(markdown)]
        return "\n".join("\n".join(lines) for lines in parts)


def crew(size):
    """Processes that `play` can be submitted to, each with a network of its own."""
    return ProcessPoolExecutor(size, mp_context=multiprocessing.get_context("fork"), initializer=settle)


def settle():
    global PORT
    PORT = network.private_port()
