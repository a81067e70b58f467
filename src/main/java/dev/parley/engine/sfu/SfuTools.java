package dev.parley.engine.sfu;

import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.ice.IceCandidate;
import dev.parley.protocol.ice.IceLimits;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the adapter gives an [SfuEngine] beside its [dev.parley.engine.Effects].
///
/// @param dtls cryptography of handshakes; may be shared by all loops
/// @param identity the certificate that a new peer shows
/// @param candidates the loop's own ones, as [dev.parley.protocol.ice.HostCandidates] orders them;
///   asked for each peer
/// @param random unpredictable to others
/// @param wall nanoseconds since 1970, UTC
/// @param soon has something run on the loop between two inputs; called from any thread
public record SfuTools(
    IceLimits limits,
    DtlsConnection.Toolbox dtls,
    Supplier<DtlsIdentity> identity,
    Supplier<List<IceCandidate>> candidates,
    RandomGenerator random,
    LongSupplier wall,
    Consumer<Runnable> soon) {}
