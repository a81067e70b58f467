package dev.parley.engine.peer;

import dev.parley.engine.Tally;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.IceCandidate;
import dev.parley.protocol.ice.IceDirectory;
import dev.parley.protocol.ice.IceKit;
import dev.parley.protocol.ice.IceLimits;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sdp.Capabilities;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What all peers of one loop share. Confined to that loop, but for what says otherwise.
///
/// @param ice one MAC and one writer for all agents
/// @param directory where peers enter the user name fragments of theirs, for checks on paths nobody
///   knows
/// @param dtls cryptography of the handshakes; for any thread
/// @param identity the certificate that a new peer shows, the same for its whole life
/// @param candidates the loop's own ones, as [dev.parley.protocol.ice.HostCandidates] orders them;
///   asked for each peer
/// @param sctp buffers, checksum and cookie key of all associations
/// @param random unpredictable to others
/// @param wall nanoseconds since 1970, UTC
/// @param soon has something run on the loop; called from any thread
/// @param notes who hands peers their datagrams and their time
/// @param scratch buffers
/// @param leastBitrate that every path to a client is taken to carry, bit/s
public record PeerKit(
    IceKit ice,
    IceLimits limits,
    IceDirectory<Peer> directory,
    DtlsConnection.Toolbox dtls,
    Supplier<DtlsIdentity> identity,
    Supplier<List<IceCandidate>> candidates,
    Capabilities capabilities,
    SctpKit sctp,
    RandomGenerator random,
    LongSupplier wall,
    Consumer<Runnable> soon,
    PacketOut out,
    PeerNotes notes,
    Tally tally,
    Scratch scratch,
    long leastBitrate) {}
