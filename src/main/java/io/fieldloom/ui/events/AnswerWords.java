package io.fieldloom.ui.events;

import io.fieldloom.engine.device.Events.Answer;

/** What a person calls the answers to an alarm. Pure. */
final class AnswerWords {
    private AnswerWords() {}

    static String title(Answer answer) {
        return switch (answer) {
            case ACKNOWLEDGE -> "Acknowledge";
            case CONFIRM -> "Confirm";
            case COMMENT -> "Comment";
        };
    }

    static String past(Answer answer) {
        return switch (answer) {
            case ACKNOWLEDGE -> "acknowledged";
            case CONFIRM -> "confirmed";
            case COMMENT -> "commented";
        };
    }

    static String purpose(Answer answer) {
        return switch (answer) {
            case ACKNOWLEDGE -> "Tells the device that somebody has seen the alarm";
            case CONFIRM -> "Tells the device that somebody has dealt with the alarm";
            case COMMENT -> "Leaves a remark at the alarm";
        };
    }
}
