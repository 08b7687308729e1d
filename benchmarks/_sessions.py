"""A person's session with the running desk without a browser: Streamlit's websocket, its buttons and its texts."""

import asyncio
from dataclasses import dataclass, field
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_SECONDS = 20
LARGEST = 2**27  # bytes of one message


@dataclass(frozen=True, kw_only=True, slots=True)
class Widget:
    """What a screen shows and a person can use: its id, the fragment it is drawn in, and whether it is shut."""

    id: str
    fragment_id: str
    is_disabled: bool
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Session:
    """One screen. It renews its fragments as a browser does, for as long as it is open.

    `waits` has, for each thing that the person did, `page` or `part` and the milliseconds until it was all received.
    """

    socket: ClientConnection
    page_name: str
    query: str
    widgets: dict[str, Widget] = field(default_factory=dict[str, Widget])
    values: dict[str, WidgetState] = field(default_factory=dict[str, WidgetState])
    page_hash: str = ""
    error_count: int = 0
    waits: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    _finished: asyncio.Event = field(default_factory=asyncio.Event)
    _renewals: dict[str, asyncio.Task[None]] = field(default_factory=dict[str, "asyncio.Task[None]"])
    _fragments: set[str] = field(default_factory=set[str])

    async def open(self) -> None:
        """Ask for the page."""
        await self._rerun(ClientState(query_string=self.query, page_name=self.page_name))

    async def press(self, key: str) -> None:
        """Press the button with `key`."""
        widget = self.widgets[key]
        await self._use(widget, WidgetState(id=widget.id, trigger_value=True))

    async def type(self, key: str, text: str) -> None:
        """Write `text` into the box with `key` and leave it."""
        widget = self.widgets[key]
        state = self.values[widget.id] = WidgetState(id=widget.id, string_value=text)
        await self._use(widget, state)

    async def choose(self, key: str, option: str) -> None:
        """Choose an option of the segmented control with `key`."""
        widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        state.string_array_value.data.append(option)
        self.values[widget.id] = state
        await self._use(widget, state)

    def has(self, key: str) -> bool:
        """Whether the screen shows a widget with `key` that can be used."""
        return key in self.widgets and not self.widgets[key].is_disabled

    def key_like(self, beginning: str) -> str:
        """The key of a widget that is shown and begins so, empty where none is."""
        return next((key for key in self.widgets if key.startswith(beginning)), "")

    async def read(self) -> None:
        """Take in what the server sends until the socket is closed."""
        async for data in self.socket:
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            match message.WhichOneof("type"):
                case "new_session":
                    self._begin(message)
                case "delta":
                    self._draw(message)
                case "navigation":  # the page that the address names; asking for another one would drop its query
                    self.page_hash = message.navigation.page_script_hash
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "auto_rerun":
                    self._renew(message.auto_rerun.fragment_id, message.auto_rerun.interval)
                case "script_finished":
                    # A run that gives way to the next one ends early: the person waits for that one.
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        self._finished.set()
                case _:
                    pass
        for task in self._renewals.values():
            task.cancel()

    def _begin(self, message: ForwardMsg) -> None:
        self.page_hash = message.new_session.page_script_hash
        drawn_anew = set(message.metadata.run.fragment_ids)
        if not drawn_anew:
            for task in self._renewals.values():
                task.cancel()
            self._renewals.clear()
        self.widgets = {
            key: widget for key, widget in self.widgets.items() if drawn_anew and widget.fragment_id not in drawn_anew
        }

    def _draw(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type") or "empty"
        self.error_count += kind == "exception"
        part = getattr(element, kind, None)
        widget_id = getattr(part, "id", "")
        if isinstance(widget_id, str) and widget_id.startswith("$$"):
            key = widget_id.split("-", 2)[-1]
            options = tuple(option.content for option in getattr(part, "options", ())) if kind == "button_group" else ()
            self.widgets[key] = Widget(
                id=widget_id,
                fragment_id=message.delta.fragment_id,
                is_disabled=getattr(part, "disabled", False),
                options=options,
            )

    def _renew(self, fragment_id: str, seconds: float) -> None:
        if fragment_id in self._renewals:
            self._renewals[fragment_id].cancel()
        self._renewals[fragment_id] = asyncio.create_task(self._renewing(fragment_id, seconds))

    async def _renewing(self, fragment_id: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._send(self._state(fragment_id, is_auto_rerun=True))

    async def _use(self, widget: Widget, state: WidgetState) -> None:
        shown = {known.id for known in self.widgets.values()}
        asked = self._state(widget.fragment_id)
        kept = [value for known, value in self.values.items() if known in shown and known != widget.id]
        asked.widget_states.widgets.extend([*kept, state])
        await self._rerun(asked)

    def _state(self, fragment_id: str, *, is_auto_rerun: bool = False) -> ClientState:
        return ClientState(
            query_string=self.query,
            page_script_hash=self.page_hash,
            fragment_id=fragment_id,
            is_auto_rerun=is_auto_rerun,
        )

    async def _rerun(self, asked: ClientState) -> None:
        self._finished.clear()
        started = perf_counter()
        await self._send(asked)
        await asyncio.wait_for(self._finished.wait(), PATIENCE_SECONDS)
        self.waits.append(("part" if asked.fragment_id else "page", (perf_counter() - started) * 1000))

    async def _send(self, asked: ClientState) -> None:
        await self.socket.send(BackMsg(rerun_script=asked).SerializeToString())


async def session(port: int, page_name: str, query: str) -> tuple[Session, "asyncio.Task[None]"]:
    """A session that has seen its page once, and the task that listens to it."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    socket = await connect(address, subprotocols=["streamlit"], max_size=LARGEST, open_timeout=PATIENCE_SECONDS)  # pyright: ignore[reportArgumentType]
    made = Session(socket=socket, page_name=page_name, query=query)
    listening = asyncio.create_task(made.read())
    await made.open()
    return made, listening
