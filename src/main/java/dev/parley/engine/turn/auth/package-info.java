/// Who may use the TURN server.
package dev.parley.engine.turn.auth;
