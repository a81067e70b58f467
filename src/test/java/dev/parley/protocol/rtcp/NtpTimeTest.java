package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NtpTimeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theUnixEpochIs70YearsAnd17LeapDays() {
    assertEquals((70L * 365 + 17) * 86_400 << 32, NtpTime.of(0));
    assertEquals(0, NtpTime.wall(2_208_988_800L << 32));
  }

  @Test
  void halfASecondIsTheTopBitOfTheFraction() {
    assertEquals((2_208_988_801L << 32) + 0x8000_0000L, NtpTime.of(SECOND + SECOND / 2));
    assertEquals(SECOND + SECOND / 2, NtpTime.wall((2_208_988_801L << 32) + 0x8000_0000L));
  }

  @Test
  void timeBefore1970HasAFractionToo() {
    assertEquals((2_208_988_799L << 32) + 0x4000_0000L, NtpTime.of(-SECOND * 3 / 4));
  }

  @Test
  void theEraEndsIn2036AndTheNextBegins() {
    long end = ((1L << 32) - 2_208_988_800L) * SECOND;
    assertEquals(0, NtpTime.of(end));
    assertEquals(end, NtpTime.wall(0));
    assertEquals(end - 1, NtpTime.wall(NtpTime.of(end - 1)), 1);
  }

  @Test
  void theMiddleIsTheLowSecondsAndTheHighFraction() {
    assertEquals(0x5678_9abc, NtpTime.middle(0x1234_5678_9abc_def0L));
  }

  @Test
  void delaysAreUnitsOfASecondBy65536() {
    assertEquals(0x0005_4000, NtpTime.delay(5 * SECOND + SECOND / 4));
    assertEquals(5 * SECOND + SECOND / 4, NtpTime.nanos(0x0005_4000));
    assertEquals(0, NtpTime.delay(-1));
    assertEquals(0, NtpTime.delay(15_258));
    assertEquals(1, NtpTime.delay(15_259));
    assertEquals(-1, NtpTime.delay(Long.MAX_VALUE));
    assertEquals(-1, NtpTime.delay(65_536 * SECOND));
    assertEquals(0xffff_0000, NtpTime.delay(65_535 * SECOND));
    assertEquals(65_535 * SECOND, NtpTime.nanos(0xffff_0000));
  }

  @Test
  void theRoundTripOfTheRfcsFigure() {
    // Figure 2 of RFC 3550: arrival 0xb710:8000, LSR 0xb705:2000, DLSR 0x0005:4000: 6.125 s
    assertEquals(6_125_000_000L, NtpTime.roundTrip(0xb710_8000, 0xb705_2000, 0x0005_4000));
  }

  @Test
  void aRoundTripGoesOverTheWrapOf16BitsOfSeconds() {
    assertEquals(SECOND / 2, NtpTime.roundTrip(0x0000_4000, 0xffff_8000, 0x0000_4000));
  }

  @Test
  void whatCannotBeARoundTripIsUnknown() {
    assertEquals(NtpTime.UNKNOWN, NtpTime.roundTrip(0x0001_0000, 0, 0), "no report came");
    assertEquals(NtpTime.UNKNOWN, NtpTime.roundTrip(0x0001_0000, 0x0000_8000, 0x0001_0000));
    assertEquals(NtpTime.UNKNOWN, NtpTime.roundTrip(1, 0x8000_0000, 0));
    assertEquals(NtpTime.UNKNOWN, NtpTime.roundTrip(5, 5, 2));
    assertEquals(0, NtpTime.roundTrip(5, 5, 1), "rounding");
    assertEquals(0, NtpTime.roundTrip(5, 5, 0));
    int minute = 60 << 16;
    assertEquals(60 * SECOND, NtpTime.roundTrip(minute + 1, 1, 0));
    assertEquals(NtpTime.UNKNOWN, NtpTime.roundTrip(minute + 2, 1, 0));
  }
}
