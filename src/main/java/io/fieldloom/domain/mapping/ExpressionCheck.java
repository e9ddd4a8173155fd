package io.fieldloom.domain.mapping;

import java.util.Optional;

/** Says whether a transform can be evaluated, without evaluating it. Thread-safe. */
@FunctionalInterface
public interface ExpressionCheck {
    /** Why an expression is not one, in a sentence; empty when it is. */
    Optional<String> fault(String expression);
}
