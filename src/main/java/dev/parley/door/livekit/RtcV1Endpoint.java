package dev.parley.door.livekit;

import dev.parley.socket.Handshake;
import jakarta.websocket.server.ServerEndpoint;

/// One socket of `/rtc/v1`: a client with one PeerConnection, on which it alone offers.
@ServerEndpoint(value = "/rtc/v1", configurator = Handshake.class)
public class RtcV1Endpoint extends RtcEndpoint {}
