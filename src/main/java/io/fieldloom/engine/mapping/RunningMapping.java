package io.fieldloom.engine.mapping;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.mapping.Transform.TransformException;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One mapping at work: sample, scale, transform, round, report by exception, encode, publication.
 * Thread-safe; nothing in it waits.
 */
final class RunningMapping {
    /** Everything a mapping needs, resolved once. */
    record Plan(
            Mapping mapping,
            TagSpec tag,
            Transform transform,
            String unit,
            PayloadFormat payload,
            int qos,
            boolean retain,
            String origin,
            Outlet outlet) {}

    private static final MathContext SHOWN = new MathContext(3);

    private final Plan plan;
    private final MappingCounters counters;
    private final BiConsumer<String, String> onFault;
    private Sample reported;
    private Sample own;
    private String fault;

    /**
     * @param onFault told the topic when it begins to fail; called on the driver's thread
     */
    RunningMapping(Plan plan, MappingCounters counters, BiConsumer<String, String> onFault) {
        this.plan = plan;
        this.counters = counters;
        this.onFault = onFault;
    }

    Mapping mapping() {
        return plan.mapping();
    }

    Outlet outlet() {
        return plan.outlet();
    }

    /** Takes one raw sample; arrivedNanos is when it arrived at the driver. */
    synchronized void accept(Sample raw, long arrivedNanos) {
        counters.samples.increment();
        own = raw.withValue(plan.tag().own(raw.value()));
        Sample result;
        try {
            result = own.withValue(transformed(own.value()));
        } catch (TransformException e) {
            counters.errors.increment();
            if (fault == null) {
                onFault.accept(plan.mapping().topic(), e.getMessage());
            }
            fault = e.getMessage();
            // What cannot be computed is not good any more; nor does a loss go unsaid for it.
            if (own.status().isBad()) {
                report(own.withValue(lastReported()), arrivedNanos);
            } else if (reported != null) {
                Sample unknown = own.withStatus(Status.BAD_TRANSFORM);
                report(unknown.withValue(lastReported()), arrivedNanos);
            }
            return;
        }
        fault = null;
        report(result, arrivedNanos);
    }

    /** Says that the tag cannot be read any more: the mapping is about to stand still. */
    synchronized void lost(Instant now) {
        if (reported != null) {
            report(reported.lost(now), 0);
        }
    }

    private Value lastReported() {
        return reported == null ? Value.NONE : reported.value();
    }

    private void report(Sample result, long arrivedNanos) {
        if (!result.differsFrom(reported)) {
            counters.suppressed.increment();
            return;
        }
        reported = result;
        Optional<byte[]> payload = PayloadEncoder.encode(plan.payload(), result, plan.unit());
        if (payload.isEmpty()) {
            counters.suppressed.increment();
            return;
        }
        counters.published.increment();
        plan.outlet().offer(publication(payload.get(), arrivedNanos));
    }

    private Publication publication(byte[] payload, long arrivedNanos) {
        // An empty payload with retain would delete the last value instead of saying it.
        boolean retain = plan.retain() && payload.length > 0;
        return new Publication(
                plan.mapping().topic(), payload, plan.qos(), retain, plan.origin(), arrivedNanos);
    }

    /** Whether a broker is to keep what it says. */
    boolean isKeptBy(String broker) {
        return plan.retain() && plan.outlet().name().equals(broker);
    }

    /**
     * What a broker is to keep of it, as it was said: the last message; empty before the first, and
     * where there is nothing to keep.
     */
    synchronized Optional<Publication> last() {
        if (reported == null) {
            return Optional.empty();
        }
        return PayloadEncoder.encode(plan.payload(), reported, plan.unit())
                .map(payload -> publication(payload, 0))
                .filter(Publication::retain);
    }

    private Value transformed(Value value) throws TransformException {
        return computed(value, plan.transform(), plan.mapping().round());
    }

    /** What a mapping makes of the tag's own value; rounding comes last. */
    static Value computed(Value own, Transform transform, Integer round) throws TransformException {
        if (own instanceof Value.None) {
            return own;
        }
        Value result = transform.apply(own);
        refuseBeyondNumbers(result);
        return round == null ? result : rounded(result, round);
    }

    /** Decimals have no end, but whoever reads the payload holds numbers as doubles. */
    private static void refuseBeyondNumbers(Value value) throws TransformException {
        if (value instanceof Value.Numeric number
                && number.isFinite()
                && !Double.isFinite(number.asDouble())) {
            throw new TransformException(
                    "the result " + number.decimal().round(SHOWN) + " is too large for a number",
                    null);
        }
        if (value instanceof Value.Array array) {
            for (Value element : array.elements()) {
                refuseBeyondNumbers(element);
            }
        }
    }

    static Value rounded(Value value, int decimals) {
        if (value instanceof Value.Numeric number && number.isFinite()) {
            BigDecimal exact = number.decimal();
            return exact.scale() <= decimals
                    ? value
                    : new Value.Decimal(exact.setScale(decimals, RoundingMode.HALF_UP));
        }
        if (value instanceof Value.Array array) {
            return new Value.Array(
                    array.elements().stream().map(each -> rounded(each, decimals)).toList());
        }
        return value;
    }

    synchronized MappingView view() {
        return new MappingView(plan.mapping().topic(), own, reported, plan.unit(), fault, false);
    }
}
