package io.fieldloom.engine.mapping;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.mapping.Transform.TransformException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * Compiles transforms: JEXL expressions over {@code value}, sandboxed. An expression has arithmetic
 * with real division, comparisons, {@code && || !}, strings, {@code round abs min max if}, and
 * nothing else: no loops, no assignment, no objects, no I/O. Thread-safe.
 */
public final class Transforms {
    private static final String VALUE = "value";
    // 'if' is a keyword of JEXL; string literals before it are stepped over.
    private static final Pattern IF =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\bif(?=\\s*\\()");
    private static final int LONGEST = 2_000;

    private final JexlEngine engine;

    public Transforms() {
        JexlFeatures features =
                JexlFeatures.createDefault()
                        .loops(false)
                        .lambda(false)
                        .methodCall(false)
                        .newInstance(false)
                        .sideEffect(false)
                        .sideEffectGlobal(false)
                        .pragma(false)
                        .annotation(false)
                        .script(false)
                        .localVar(false);
        engine =
                new JexlBuilder()
                        .features(features)
                        .permissions(new JexlPermissions.ClassPermissions(TransformFunctions.class))
                        .namespaces(Collections.singletonMap(null, new TransformFunctions()))
                        .arithmetic(new TransformArithmetic())
                        .strict(true)
                        .safe(false)
                        .silent(false)
                        .create();
    }

    /** Compiles an expression; null and blank leave values as they are. */
    public Transform compile(String expression) throws TransformException {
        if (expression == null || expression.isBlank()) {
            return Transform.NONE;
        }
        if (expression.length() > LONGEST) {
            throw new TransformException(
                    "an expression has at most " + LONGEST + " characters", null);
        }
        JexlScript compiled;
        try {
            // The expression's grammar is the narrower one; the script knows its variables.
            compiled =
                    engine.createScript(
                            engine.createExpression(renamed(expression)).getSourceText());
        } catch (JexlException.Parsing e) {
            throw new TransformException(
                    ParseWords.of(renamed(expression), e.getInfo().getColumn()), e);
        } catch (JexlException e) {
            throw new TransformException(words(e), e);
        }
        for (List<String> variable : compiled.getVariables()) {
            if (!variable.get(0).equals(VALUE)) {
                throw new TransformException(
                        "'" + variable.get(0) + "' is not known; the tag's value is 'value'", null);
            }
        }
        return value -> evaluate(compiled, value);
    }

    /** Why an expression does not parse; empty when it does. */
    public Optional<String> fault(String expression) {
        try {
            compile(expression);
            return Optional.empty();
        } catch (TransformException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String renamed(String expression) {
        Matcher match = IF.matcher(expression);
        StringBuilder out = new StringBuilder();
        while (match.find()) {
            String found = match.group();
            match.appendReplacement(
                    out, Matcher.quoteReplacement(found.equals("if") ? "choose" : found));
        }
        return match.appendTail(out).toString();
    }

    private static Value evaluate(JexlScript compiled, Value value) throws TransformException {
        try {
            return fromJexl(compiled.execute(new OneVariable(toJexl(value))));
        } catch (JexlException e) {
            throw new TransformException(words(e), e);
        } catch (ArithmeticException | IllegalArgumentException | ClassCastException e) {
            throw new TransformException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Object toJexl(Value value) {
        if (value instanceof Value.Int whole) {
            return whole.value();
        }
        if (value instanceof Value.Decimal exact) {
            return exact.value();
        }
        if (value instanceof Value.Big big) {
            return big.value();
        }
        if (value instanceof Value.Numeric number) {
            return number.asDouble();
        }
        if (value instanceof Value.Bool bool) {
            return bool.value();
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Enumerated state) {
            return state.name();
        }
        if (value instanceof Value.Time time) {
            return time.value().toString();
        }
        if (value instanceof Value.Array array) {
            return array.elements().stream().map(Transforms::toJexl).toList();
        }
        if (value instanceof Value.Structure structure) {
            Map<String, Object> fields = new LinkedHashMap<>();
            structure.fields().forEach((name, field) -> fields.put(name, toJexl(field)));
            return fields;
        }
        return null;
    }

    private static Value fromJexl(Object result) throws TransformException {
        if (result instanceof Boolean bool) {
            return Value.of(bool.booleanValue());
        }
        if (result instanceof BigDecimal exact) {
            return new Value.Decimal(exact);
        }
        if (result instanceof BigInteger big) {
            return Value.of(big);
        }
        if (result instanceof Double || result instanceof Float) {
            return Value.of(((Number) result).doubleValue());
        }
        if (result instanceof Number whole) {
            return Value.of(whole.longValue());
        }
        if (result instanceof CharSequence || result instanceof Character) {
            return Value.of(result.toString());
        }
        if (result instanceof List<?> list) {
            List<Value> elements = new ArrayList<>(list.size());
            for (Object element : list) {
                elements.add(fromJexl(element));
            }
            return new Value.Array(elements);
        }
        throw new TransformException("the expression gives no value", null);
    }

    /** JEXL's message without its class names and positions. */
    private static String words(JexlException e) {
        if (e.getCause() instanceof ArithmeticException arithmetic) {
            return arithmetic.getMessage();
        }
        if (e instanceof JexlException.Method method) {
            return "there is no function '" + method.getMethod() + "' for these arguments";
        }
        String message = e.getMessage();
        int at = message.indexOf(' ');
        return at > 0 && message.startsWith("io.fieldloom") ? message.substring(at + 1) : message;
    }

    /** The one variable of an expression. */
    private record OneVariable(Object value) implements JexlContext {
        @Override
        public Object get(String name) {
            return VALUE.equals(name) ? value : null;
        }

        @Override
        public boolean has(String name) {
            return VALUE.equals(name);
        }

        @Override
        public void set(String name, Object other) {
            throw new IllegalArgumentException("a transform cannot assign");
        }
    }
}
