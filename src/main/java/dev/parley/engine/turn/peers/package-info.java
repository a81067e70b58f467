/// Whom clients of the TURN server may reach.
package dev.parley.engine.turn.peers;
