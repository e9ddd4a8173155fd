package io.fieldloom.app.cli;

import io.fieldloom.engine.mqtt.MqttFailure;

/** What a broker's failure means to whoever started the command. */
final class BrokerFailures {
    private BrokerFailures() {}

    /** Of a broker that the project names; what to try is in the file. */
    static CommandFailure inProject(MqttFailure failure, String passwordAdvice) {
        boolean isLogin = failure.kind() == MqttFailure.Kind.NOT_AUTHORISED;
        return of(failure, isLogin ? passwordAdvice : failure.advice());
    }

    /** Of a broker that the command line names; what to try are its options. */
    static CommandFailure onCommandLine(MqttFailure failure) {
        String advice =
                switch (failure.kind()) {
                    case UNTRUSTED -> "Give the issuer's certificate with --ca";
                    case NOT_AUTHORISED -> "Check --user and --password-file";
                    case FILE -> "Check the files of --ca, --cert and --key";
                    default -> failure.advice();
                };
        return of(failure, advice);
    }

    private static CommandFailure of(MqttFailure failure, String advice) {
        int code =
                switch (failure.kind()) {
                    case FILE -> CommandFailure.USAGE;
                    case PACKET_TOO_LARGE, PUBLICATION_REFUSED -> CommandFailure.NO;
                    default -> CommandFailure.NO_CONNECTION;
                };
        return new CommandFailure(code, failure.getMessage(), advice, failure);
    }
}
