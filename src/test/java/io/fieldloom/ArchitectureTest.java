package io.fieldloom;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import javafx.application.Platform;

/** The layout of the code, as rules that fail the build. Each says why it is there. */
@AnalyzeClasses(packages = "io.fieldloom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String DOMAIN = "io.fieldloom.domain..";
    private static final String ENGINE = "io.fieldloom.engine..";
    private static final String UI = "io.fieldloom.ui..";
    private static final String APP = "io.fieldloom.app..";

    @ArchTest
    static final ArchRule arrowsPointOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("domain")
                    .definedBy(DOMAIN)
                    .layer("engine")
                    .definedBy(ENGINE)
                    .optionalLayer("ui")
                    .definedBy(UI)
                    .layer("app")
                    .definedBy(APP)
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("ui")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("engine")
                    .mayOnlyBeAccessedByLayers("ui", "app")
                    .because(
                            "app -> ui -> engine -> domain lets each ring be tested without the"
                                    + " next");

    @ArchTest
    static final ArchRule domainIsPlainJava =
            classes()
                    .that()
                    .resideInAPackage(DOMAIN)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(DOMAIN, "java..", "org.pcollections..")
                    .because("the plant's rules must not change when a library does");

    @ArchTest
    static final ArchRule engineKnowsNoScreen =
            noClasses()
                    .that()
                    .resideInAPackage(ENGINE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", UI, APP)
                    .because(
                            "mappings run on machines without JavaFX, and no screen may stop them");

    @ArchTest
    static final ArchRule commandsKnowNoScreen =
            noClasses()
                    .that()
                    .resideInAPackage("io.fieldloom.app.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", UI)
                    .because("a command answers without loading JavaFX");

    @ArchTest
    static final ArchRule oneGateToTheFxThread =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.fieldloom.ui.kit..")
                    .should()
                    .callMethod(Platform.class, "runLater", Runnable.class)
                    .because("work posted for each message has no bound; views pull instead");

    @ArchTest
    static final ArchRule featuresMeetInTheKit =
            slices().matching("io.fieldloom.ui.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(alwaysTrue(), resideInAPackage("io.fieldloom.ui.kit.."))
                    .ignoreDependency(resideInAPackage("io.fieldloom.ui.workbench.."), alwaysTrue())
                    .allowEmptyShould(true)
                    .because("a feature can be built, moved and removed without the others");

    @ArchTest
    static final ArchRule engineHasNoCycles =
            slices().matching("io.fieldloom.engine.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("parts that need each other in a circle are one part in two places");

    @ArchTest
    static final ArchRule uiHasNoCycles =
            slices().matching("io.fieldloom.ui.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .because("parts that need each other in a circle are one part in two places");

    @ArchTest
    static final ArchRule driversNeverSeeMqtt =
            noClasses()
                    .that()
                    .resideInAPackage("io.fieldloom.engine.device..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.fieldloom.engine.mqtt..",
                            "io.fieldloom.engine.broker..",
                            "io.fieldloom.engine.outlet..",
                            "io.fieldloom.engine.traffic..",
                            "io.fieldloom.engine.mapping..")
                    .because("a device is browsed, read and written with no broker in sight");

    @ArchTest
    static final ArchRule mappingsSeeDevicesThroughTheirPort =
            noClasses()
                    .that()
                    .resideInAPackage("io.fieldloom.engine.mapping..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.fieldloom.engine.device.*..")
                    .because("a new protocol must not touch the mappings");

    @ArchTest
    static final ArchRule mqttClientInOnePlace =
            onlyIn("io.fieldloom.engine.mqtt..").dependOnClassesThat("org.eclipse.paho..");

    @ArchTest
    static final ArchRule brokerInOnePlace =
            onlyIn("io.fieldloom.engine.broker..").dependOnClassesThat("com.hivemq..");

    @ArchTest
    static final ArchRule opcUaInItsPlaces =
            onlyIn(
                            "io.fieldloom.engine.device.opcua..",
                            "io.fieldloom.engine.simulate.opcua..",
                            "io.fieldloom.engine.security..",
                            "io.fieldloom.app.bench..") // which measures it beside ours
                    .dependOnClassesThat("org.eclipse.milo..");

    @ArchTest
    static final ArchRule modbusInItsPlaces =
            onlyIn(
                            "io.fieldloom.engine.device.modbus..",
                            "io.fieldloom.engine.simulate.modbus..",
                            "io.fieldloom.app.bench..") // which measures it beside ours
                    .dependOnClassesThat("com.ghgande..");

    @ArchTest
    static final ArchRule serialPortsInOnePlace =
            onlyIn("io.fieldloom.engine.device.modbus..").dependOnClassesThat("com.fazecast..");

    @ArchTest
    static final ArchRule yamlInOnePlace =
            onlyIn("io.fieldloom.engine.project..").dependOnClassesThat("org.snakeyaml..");

    @ArchTest
    static final ArchRule expressionsInOnePlace =
            onlyIn("io.fieldloom.engine.mapping..")
                    .dependOnClassesThat("org.apache.commons.jexl3..");

    @ArchTest
    static final ArchRule commandLineParserInOnePlace =
            onlyIn(APP).dependOnClassesThat("picocli..");

    private static Vendor onlyIn(String... places) {
        return new Vendor(places);
    }

    private record Vendor(String... places) {
        ArchRule dependOnClassesThat(String library) {
            ClassesShouldConjunction rule =
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(places)
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(library));
            return rule.because("a library that is imported in one place can be replaced in one");
        }
    }
}
