package dev.parley.protocol.sdp;

import static dev.parley.protocol.sdp.NegotiationRefused.Reason.NO_FINGERPRINT;
import static dev.parley.protocol.sdp.NegotiationRefused.Reason.NO_ICE;
import static dev.parley.protocol.sdp.NegotiationRefused.Reason.SETUP;

import dev.parley.protocol.sdp.Attribute.IceOptions;
import dev.parley.protocol.sdp.Attribute.IcePwd;
import dev.parley.protocol.sdp.Attribute.IceUfrag;
import java.util.List;

/// The client's end of the transport, read from the section that speaks for the bundle.
final class TransportReading {
  private TransportReading() {}

  /// The section that speaks for the bundle: the first one of the group that is not stopped,
  /// without a group the first section that is not (RFC 8843, section 7). Null where all are.
  static MediaSection tagged(SessionDescription description) {
    List<String> bundle = description.bundle();
    for (String mid : bundle) {
      for (MediaSection section : description.sections()) {
        if (mid.equals(section.mid()) && !section.stopped()) {
          return section;
        }
      }
    }
    for (MediaSection section : description.sections()) {
      if (bundle.isEmpty() && !section.stopped()) {
        return section;
      }
    }
    return null;
  }

  static RemoteTransport read(SessionDescription description, MediaSection tagged)
      throws NegotiationRefused {
    IceUfrag ufrag = description.inherited(tagged, IceUfrag.class);
    IcePwd password = description.inherited(tagged, IcePwd.class);
    NegotiationRefused.unless(ufrag != null && password != null, NO_ICE);
    IceOptions options = description.inherited(tagged, IceOptions.class);
    List<Fingerprint> strong =
        description.fingerprints(tagged).stream().filter(Fingerprint::strong).toList();
    NegotiationRefused.unless(!strong.isEmpty(), NO_FINGERPRINT);
    return new RemoteTransport(
        new IceParameters(
            ufrag.value(),
            password.value(),
            options == null ? List.of() : options.options(),
            description.has(Flag.ICE_LITE)),
        strong,
        tagged.candidates());
  }

  /// The server's role by the client's offer (RFC 8842, sections 5.2 and 5.3; RFC 4145, section 4.1
  /// where nothing is said). An association that stands keeps its roles.
  static Setup answering(Setup offered, Setup standing) throws NegotiationRefused {
    Setup role =
        switch (offered) {
          case null -> Setup.PASSIVE;
          case ACTPASS -> standing == null ? Setup.PASSIVE : standing;
          case ACTIVE -> Setup.PASSIVE;
          case PASSIVE -> Setup.ACTIVE;
          case HOLDCONN -> Setup.HOLDCONN;
        };
    NegotiationRefused.unless(role != Setup.HOLDCONN, SETUP);
    NegotiationRefused.unless(standing == null || standing == role, SETUP);
    return role;
  }

  /// The server's role by the client's answer to actpass.
  static Setup answered(Setup answer, Setup standing) throws NegotiationRefused {
    NegotiationRefused.unless(answer == Setup.ACTIVE || answer == Setup.PASSIVE, SETUP);
    Setup role = answer == Setup.ACTIVE ? Setup.PASSIVE : Setup.ACTIVE;
    NegotiationRefused.unless(standing == null || standing == role, SETUP);
    return role;
  }
}
