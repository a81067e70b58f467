/// The container's WebSockets as doors use them (RFC 6455, Jakarta WebSocket 2.1): a bounded queue
/// out, one send at a time, a cut for those who do not read. Doors spell the messages.
package dev.parley.socket;
