/// Congestion control of what leaves for one peer: how much may leave, when, and what to send to
/// find out (draft-ietf-rmcat-gcc-02, draft-holmer-rmcat-transport-wide-cc-extensions-01,
/// draft-alvestrand-rmcat-remb-03), sans I/O. [SendSide] is the whole of it for a peer.
package dev.parley.engine.congestion;
