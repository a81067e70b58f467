package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.MediaCodec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever a receiver shows and is granted, whatever becomes of layers and packets: all it gets
/// can be decoded, and numbers go on.
class LayerSwitchProperties {
  private static final int PICTURES = 400;

  private final int[] widths = {0, 100, 320, 500, 640, 1280, 4000};
  private final int[] rates = {0, 7, 14, 30};

  private void wander(LayerStage stage) {
    for (int i = 0; i < PICTURES; i++) {
      int chance = stage.random.nextInt(200);
      if (chance < 8) {
        int width = widths[stage.random.nextInt(widths.length)];
        stage.prefer(width, width * 9 / 16, rates[stage.random.nextInt(rates.length)]);
      } else if (chance < 20) {
        stage.grant(stage.random.nextInt(10) - 1);
      } else if (chance < 23) {
        LayeredEncoder encoder = stage.encoders.get(stage.random.nextInt(stage.encoders.size()));
        encoder.sending = !encoder.sending;
      } else if (chance < 25) {
        LayeredEncoder encoder = stage.encoders.get(stage.random.nextInt(stage.encoders.size()));
        encoder.keyWanted = true;
      }
      stage.pass(1);
    }
    stage.latePercent = 0;
    stage.pass(6);
  }

  @Property(tries = 60)
  void simulcastIsWholeWhereNothingIsLost(@ForAll long seed) {
    LayerStage stage = LayerStage.simulcast(seed);
    wander(stage);
    stage.decoder.assertWhole();
    stage.decoder.assertNothingIsMissing();
    stage.decoder.assertPicturesGoOn(MediaCodec.VP8);
  }

  @Property(tries = 60)
  void simulcastCanBeDecodedWhateverIsLostOrLate(@ForAll long seed) {
    LayerStage stage = LayerStage.simulcast(seed);
    stage.lossPercent = 3;
    stage.latePercent = 5;
    wander(stage);
    stage.decoder.assertNothingIsMissing();
  }

  @Property(tries = 60)
  void spatialLayersOfVp9AreWholeWhereNothingIsLost(@ForAll long seed) {
    LayerStage stage = LayerStage.scalable(seed, LayeredEncoder.VP9);
    wander(stage);
    stage.decoder.assertNothingIsMissing();
    stage.decoder.assertPicturesGoOn(MediaCodec.VP9);
  }

  @Property(tries = 60)
  void spatialLayersOfVp9CanBeDecodedWhateverIsLostOrLate(@ForAll long seed) {
    LayerStage stage = LayerStage.scalable(seed, LayeredEncoder.VP9);
    stage.lossPercent = 3;
    stage.latePercent = 5;
    wander(stage);
    stage.decoder.assertNothingIsMissing();
  }

  @Property(tries = 60)
  void decodeTargetsOfAv1AreWholeWhereNothingIsLost(@ForAll long seed) {
    LayerStage stage = LayerStage.scalable(seed, LayeredEncoder.AV1);
    wander(stage);
    stage.decoder.assertWhole();
    stage.decoder.assertNothingIsMissing();
    stage.decoder.assertDescriptorsGoOn();
  }

  @Property(tries = 60)
  void decodeTargetsOfAv1CanBeDecodedWhateverIsLostOrLate(@ForAll long seed) {
    LayerStage stage = LayerStage.scalable(seed, LayeredEncoder.AV1);
    stage.lossPercent = 3;
    stage.latePercent = 5;
    wander(stage);
    stage.decoder.assertNothingIsMissing();
  }
}
