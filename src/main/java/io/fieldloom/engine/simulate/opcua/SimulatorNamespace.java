package io.fieldloom.engine.simulate.opcua;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.SignalCurve;
import io.fieldloom.domain.simulation.SignalType;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/**
 * The nodes of a simulator's design: {@code Filler01/Temperature} becomes the object {@code
 * s=Filler01} under Objects with the variable {@code s=Filler01.Temperature}. An object with a
 * counter has a method {@code Reset} that sets its counters back.
 */
final class SimulatorNamespace extends ManagedNamespaceWithLifecycle {
    private static final String UNITS = "http://www.opcfoundation.org/UA/units/un/cefact";
    private static final String RESET = "Reset";

    private final Simulator design;
    private final Instant start;
    private final Consumer<List<SimulatedPoint>> reset;
    private final Sampler sampler;
    private final Map<String, UaNode> byPath = new HashMap<>();
    private final Map<String, List<SimulatedPoint>> counters = new TreeMap<>();
    private final List<SimulatedPoint> points = new ArrayList<>();

    /**
     * @param reset restarts counters
     */
    SimulatorNamespace(
            OpcUaServer server,
            Simulator design,
            Instant start,
            Consumer<List<SimulatedPoint>> reset) {
        super(server, design.namespaceUri());
        this.design = design;
        this.start = start;
        this.reset = reset;
        SubscriptionModel polled = new SubscriptionModel(server, this);
        sampler = new Sampler(server, this, polled);
        getLifecycleManager().addLifecycle(polled);
        getLifecycleManager().addShutdownTask(sampler::close);
        getLifecycleManager().addStartupTask(this::build);
    }

    /** The variables; complete once the namespace was started. */
    List<SimulatedPoint> points() {
        return List.copyOf(points);
    }

    UaNodeContext context() {
        return getNodeContext();
    }

    private void build() {
        // parents first: a path may be a variable and the parent of others
        List<String> paths = new ArrayList<>(design.points().keySet());
        paths.sort(
                Comparator.<String>comparingLong(path -> path.chars().filter(c -> c == '/').count())
                        .thenComparing(Comparator.naturalOrder()));
        for (String path : paths) {
            addVariable(path, design.points().get(path));
        }
        counters.forEach(this::addReset);
    }

    private void addVariable(String path, Signal signal) {
        SignalCurve curve = SignalCurve.of(signal, seed(path));
        Value first = curve.valueAt(Duration.ZERO);
        SignalType type = WireValues.type(signal, first);
        boolean discrete = signal.shape() == Signal.Shape.STATES && type != SignalType.STRING;
        Instant zero = signal.shape() == Signal.Shape.CONSTANT ? Instant.EPOCH : start;
        Set<AccessLevel> access =
                signal.writable() ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY;
        String id = id(path);
        UaVariableNode node =
                new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                        .setNodeId(newNodeId(id))
                        .setBrowseName(newQualifiedName(lastPart(path)))
                        .setDisplayName(new LocalizedText(lastPart(path)))
                        .setDataType(WireValues.dataType(type))
                        .setValueRank(ValueRanks.Scalar)
                        .setAccessLevel(access)
                        .setUserAccessLevel(access)
                        .setTypeDefinition(
                                discrete
                                        ? NodeIds.MultiStateDiscreteType
                                        : signal.unit() == null
                                                ? NodeIds.BaseDataVariableType
                                                : NodeIds.AnalogUnitType)
                        .setValue(
                                new DataValue(
                                        WireValues.variant(first, type, zero),
                                        StatusCode.GOOD,
                                        DateTime.now(),
                                        DateTime.now()))
                        .build();
        add(path, node);
        if (discrete) {
            LocalizedText[] names =
                    signal.states().stream().map(LocalizedText::new).toArray(LocalizedText[]::new);
            addProperty(
                    node,
                    id,
                    "EnumStrings",
                    NodeIds.LocalizedText,
                    ValueRanks.OneDimension,
                    new Variant(names));
        }
        if (signal.unit() != null) {
            addProperty(
                    node,
                    id,
                    "EngineeringUnits",
                    NodeIds.EUInformation,
                    ValueRanks.Scalar,
                    unit(signal.unit()));
        }
        SimulatedPoint point = new SimulatedPoint(signal, curve, type, node, start);
        points.add(point);
        if (point.isCounter()) {
            counters.computeIfAbsent(parentOf(path), parent -> new ArrayList<>()).add(point);
        }
    }

    private Variant unit(String unit) {
        LocalizedText name = new LocalizedText(unit);
        return Variant.ofExtensionObject(
                ExtensionObject.encode(
                        getServer().getStaticEncodingContext(),
                        new EUInformation(UNITS, -1, name, name)));
    }

    private void addProperty(
            UaVariableNode owner, String id, String name, NodeId type, int rank, Variant value) {
        UaVariableNode property =
                new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                        .setNodeId(newNodeId(id + "." + name))
                        .setBrowseName(new QualifiedName(0, name))
                        .setDisplayName(new LocalizedText(name))
                        .setDataType(type)
                        .setValueRank(rank)
                        .setAccessLevel(AccessLevel.READ_ONLY)
                        .setUserAccessLevel(AccessLevel.READ_ONLY)
                        .setTypeDefinition(NodeIds.PropertyType)
                        .setValue(new DataValue(value))
                        .build();
        getNodeManager().addNode(property);
        owner.addReference(
                new Reference(
                        owner.getNodeId(),
                        NodeIds.HasProperty,
                        property.getNodeId().expanded(),
                        true));
    }

    private void addReset(String parent, List<SimulatedPoint> reseted) {
        String path = parent.isEmpty() ? RESET : parent + "/" + RESET;
        if (byPath.containsKey(path)) {
            return; // the design has a node of that name itself
        }
        UaMethodNode method =
                UaMethodNode.builder(getNodeContext())
                        .setNodeId(newNodeId(id(path)))
                        .setBrowseName(newQualifiedName(RESET))
                        .setDisplayName(new LocalizedText(RESET))
                        .setDescription(new LocalizedText("Sets the counters back."))
                        .build();
        method.setInvocationHandler(new ResetMethod(method, () -> reset.accept(reseted)));
        add(path, method);
    }

    private void add(String path, UaNode node) {
        getNodeManager().addNode(node);
        node.addAttributeObserver(sampler::changed);
        byPath.put(path, node);
        String parent = parentOf(path);
        NodeId parentId = parent.isEmpty() ? NodeIds.ObjectsFolder : object(parent).getNodeId();
        node.addReference(
                new Reference(
                        node.getNodeId(),
                        parent.isEmpty() ? NodeIds.Organizes : NodeIds.HasComponent,
                        parentId.expanded(),
                        false));
    }

    private UaNode object(String path) {
        UaNode known = byPath.get(path);
        if (known != null) {
            return known;
        }
        UaObjectNode object =
                UaObjectNode.build(
                        getNodeContext(),
                        builder ->
                                builder.setNodeId(newNodeId(id(path)))
                                        .setBrowseName(newQualifiedName(lastPart(path)))
                                        .setDisplayName(new LocalizedText(lastPart(path)))
                                        .setTypeDefinition(NodeIds.BaseObjectType)
                                        .build());
        add(path, object);
        return object;
    }

    /** Each point walks its own way, the same one at each start. */
    private long seed(String path) {
        long base = design.seed() == null ? 0 : design.seed();
        return base * 31 + path.hashCode();
    }

    private static String id(String path) {
        return path.replace('/', '.');
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        sampler.created(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        sampler.modified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        sampler.deleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        sampler.modeChanged(items);
    }
}
