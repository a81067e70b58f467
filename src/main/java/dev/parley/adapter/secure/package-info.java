/// TLS, DTLS, their certificates, and the PROXY protocol, between the sockets of a loop and its
/// engines.
///
/// [dev.parley.adapter.secure.SecureStreams] goes into a service as its layer of streams,
/// [dev.parley.adapter.secure.SecureDatagrams] as one of its layers of datagrams; both take their
/// certificates from [dev.parley.adapter.secure.Certificates]. How and why stands in decision 0006.
///
/// ## Assumptions
///
/// - A client whose ALPN offer names neither protocol of RFC 7443 is served as if it had made none
///   (RFC 7301, section 3.2, would refuse it).
/// - TLS that ends without close_notify is an end like any other: STUN and ChannelData tell their
///   own lengths, so nothing can be cut off unseen.
package dev.parley.adapter.secure;
