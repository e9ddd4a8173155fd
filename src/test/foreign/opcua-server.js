// An OPC UA server on node-opcua for the tests tagged 'foreign'. Prints "ready" when it listens.
//   node opcua-server.js --port N --pki FOLDER [--swap] [--secure] [--strict] [--user U --password P] [--user-certificate F] [--large N]
// --swap    registers the namespaces in another order, so that each has another index
// --secure  offers Basic256Sha256 and Aes256_Sha256_RsaPss besides None
// --strict  does not accept a client's certificate that it does not know
// --user-certificate F  takes users by certificate, this one only, and nobody anonymous
// --subscriptions  most subscriptions of a session (default 10)
// --alarms  has a tank whose level is an alarm above 90
// --certificate F --key F  a certificate of its own, in PEM (default: one that is made)
// --aggregates  calculates of its history
// --large   that many variables in one folder (default 300)
const opcua = require("node-opcua");
const { OpaqueStructure } = require("node-opcua-extension-object");
const { X509Certificate } = require("crypto");
const fs = require("fs");
const path = require("path");

const args = process.argv.slice(2);
const flag = (name) => args.includes("--" + name);
const option = (name, otherwise) => (flag(name) ? args[args.indexOf("--" + name) + 1] : otherwise);

const FILLER = "urn:foreign:filler";
const OTHER = "urn:foreign:other";
const { DataType, VariantArrayType, StatusCodes } = opcua;

async function main() {
    const user = option("user");
    const pki = option("pki");
    const serverCertificateManager = new opcua.OPCUACertificateManager({
        automaticallyAcceptUnknownCertificate: !flag("strict"),
        rootFolder: path.join(pki, "server"),
    });
    const operator = option("user-certificate");
    const userCertificateManager = new opcua.OPCUACertificateManager({
        automaticallyAcceptUnknownCertificate: operator === undefined,
        rootFolder: path.join(pki, "users"),
    });
    await serverCertificateManager.initialize();
    await userCertificateManager.initialize();
    if (operator !== undefined) {
        await userCertificateManager.trustCertificate(new X509Certificate(fs.readFileSync(operator)).raw);
    }
    const secure = flag("secure");
    const server = new opcua.OPCUAServer({
        port: Number(option("port")),
        hostname: "127.0.0.1",
        resourcePath: "/plant",
        ...(flag("certificate")
            ? {
                  certificateFile: option("certificate"),
                  privateKeyFile: option("key"),
                  serverInfo: { applicationUri: "urn:foreign:plant" },
              }
            : {}),
        serverCertificateManager,
        userCertificateManager,
        securityPolicies: secure
            ? [
                  opcua.SecurityPolicy.None,
                  opcua.SecurityPolicy.Basic256Sha256,
                  opcua.SecurityPolicy.Aes256_Sha256_RsaPss,
              ]
            : [opcua.SecurityPolicy.None],
        securityModes: secure
            ? [
                  opcua.MessageSecurityMode.None,
                  opcua.MessageSecurityMode.Sign,
                  opcua.MessageSecurityMode.SignAndEncrypt,
              ]
            : [opcua.MessageSecurityMode.None],
        allowAnonymous: user === undefined && operator === undefined,
        userManager: { isValidUser: (name, given) => name === user && given === option("password") },
        // small limits, as a small PLC has them
        serverCapabilities: {
            maxBrowseContinuationPoints: 10,
            maxSubscriptionsPerSession: Number(option("subscriptions", "10")),
            operationLimits: {
                maxNodesPerRead: 50,
                maxNodesPerBrowse: 20,
                maxMonitoredItemsPerCall: 40,
                maxNodesPerTranslateBrowsePathsToNodeIds: 30,
            },
        },
    });
    await server.initialize();
    await build(server.engine.addressSpace);
    await server.start();
    console.log("ready");
}

async function build(addressSpace) {
    const uris = flag("swap") ? [OTHER, FILLER] : [FILLER, OTHER];
    uris.forEach((uri) => addressSpace.registerNamespace(uri));
    const filler = addressSpace.getNamespace(FILLER);
    // the same identifiers with other values: whoever keeps an index reads these
    addVariable(addressSpace.getNamespace(OTHER), addressSpace.rootFolder.objects, "Level", DataType.Double, -1);
    addVariable(addressSpace.getNamespace(OTHER), addressSpace.rootFolder.objects, "Counter", DataType.UInt32, 0);

    const machine = filler.addObject({
        organizedBy: addressSpace.rootFolder.objects,
        browseName: "Machine",
        nodeId: "s=Machine",
    });
    addVariable(filler, machine, "Level", DataType.Double, 42.5);
    addVariable(filler, machine, "Setpoint", DataType.Int16, 7, "CurrentRead | CurrentWrite");
    addVariable(filler, machine, "Huge", DataType.UInt64, [0xffffffff, 0xffffffff]);
    addVariable(filler, machine, "Long", DataType.Int64, [0x7fffffff, 0xffffffff]);
    addVariable(filler, machine, "Guid", DataType.Guid, "72962B91-FA75-4AE6-8D28-B404DC7DAF63");
    addVariable(filler, machine, "When", DataType.DateTime, new Date("2026-01-01T00:00:00.125Z"));
    addVariable(filler, machine, "Never", DataType.DateTime, opcua.minDate ?? new Date("1601-01-01T00:00:00Z"));
    addVariable(filler, machine, "Words", DataType.LocalizedText, { text: "Füllstand", locale: "de" });
    addVariable(filler, machine, "Bytes", DataType.ByteString, Buffer.from("hello"));
    addVariable(filler, machine, "Where", DataType.NodeId, machine.nodeId);
    addVariable(filler, machine, "Code", DataType.StatusCode, StatusCodes.BadSensorFailure);
    filler.addVariable({
        componentOf: machine,
        browseName: "Numbers",
        nodeId: "s=Numbers",
        accessLevel: "CurrentRead | CurrentWrite",
        userAccessLevel: "CurrentRead | CurrentWrite",
        dataType: DataType.Int32,
        valueRank: 1,
        value: { dataType: DataType.Int32, arrayType: VariantArrayType.Array, value: new Int32Array([1, 2, 3]) },
    });
    filler.addVariable({
        componentOf: machine,
        browseName: "Matrix",
        nodeId: "s=Matrix",
        dataType: DataType.Double,
        valueRank: 2,
        value: {
            dataType: DataType.Double,
            arrayType: VariantArrayType.Matrix,
            dimensions: [2, 3],
            value: new Float64Array([1, 2, 3, 4, 5, 6]),
        },
    });
    filler.addAnalogDataItem({
        componentOf: machine,
        browseName: "Speed",
        nodeId: "s=Speed",
        dataType: "Double",
        engineeringUnitsRange: { low: 0, high: 200 },
        instrumentRange: { low: -10, high: 250 },
        engineeringUnits: opcua.standardUnits.degree_celsius,
        value: { dataType: DataType.Double, value: 60 },
    });
    await addTyped(addressSpace, filler, machine);
    addMethod(filler, machine);
    addMix(addressSpace, filler, machine);
    await addHistory(addressSpace, filler, machine);
    addChanging(filler, machine);
    if (flag("alarms")) {
        addAlarm(addressSpace, filler);
    }
    if (flag("download")) {
        addDownload(addressSpace, filler, machine);
    }

    const large = filler.addFolder(addressSpace.rootFolder.objects, { browseName: "Large", nodeId: "s=Large" });
    for (let i = 0; i < Number(option("large", "300")); i++) {
        addVariable(filler, large, "Tag" + i, DataType.Int32, i);
    }
}

// A download into a running PLC: a variable goes away and comes back with another type, another one is new.
// It begins when Download is written, and takes three seconds.
function addDownload(addressSpace, namespace, machine) {
    let swapped = addVariable(namespace, machine, "Swapped", DataType.Int32, 1);
    namespace.addVariable({
        componentOf: machine,
        browseName: "Download",
        nodeId: "s=Download",
        minimumSamplingInterval: 1000,
        dataType: DataType.Boolean,
        accessLevel: "CurrentRead | CurrentWrite",
        userAccessLevel: "CurrentRead | CurrentWrite",
        value: {
            get: () => new opcua.Variant({ dataType: DataType.Boolean, value: false }),
            set: () => {
                addressSpace.deleteNode(swapped);
                setTimeout(() => {
                    swapped = addVariable(namespace, machine, "Swapped", DataType.Double, 2.5);
                    addVariable(namespace, machine, "New", DataType.Int32, 3);
                }, 3000);
                return StatusCodes.Good;
            },
        },
    });
}

function addVariable(namespace, parent, name, dataType, value, accessLevel = "CurrentRead") {
    return namespace.addVariable({
        organizedBy: parent,
        browseName: name,
        nodeId: "s=" + name,
        dataType,
        accessLevel,
        userAccessLevel: accessLevel,
        value: { dataType, arrayType: VariantArrayType.Scalar, value },
    });
}

async function addTyped(addressSpace, namespace, machine) {
    const states = namespace.addEnumerationType({
        browseName: "MachineState",
        enumeration: [
            { displayName: "Stopped", value: 0 },
            { displayName: "Starting", value: 10 },
            { displayName: "Running", value: 20 },
        ],
    });
    namespace.addVariable({
        componentOf: machine,
        browseName: "State",
        nodeId: "s=State",
        dataType: states.nodeId,
        value: { dataType: DataType.Int32, value: 20 },
    });
    const recipe = addStructure(namespace, "Recipe", "Structure", [
        { name: "Name", dataType: opcua.resolveNodeId("String"), valueRank: -1 },
        { name: "Amount", dataType: opcua.resolveNodeId("Double"), valueRank: -1 },
        { name: "Steps", dataType: opcua.resolveNodeId("Int32"), valueRank: 1 },
        { name: "Mode", dataType: states.nodeId, valueRank: -1 },
    ]);
    const limit = addStructure(namespace, "Limit", "Union", [
        { name: "Percent", dataType: opcua.resolveNodeId("Double"), valueRank: -1 },
        { name: "Steps", dataType: opcua.resolveNodeId("Int32"), valueRank: -1 },
    ]);
    const order = addStructure(namespace, "Order", "Structure", [
        { name: "Number", dataType: opcua.resolveNodeId("UInt32"), valueRank: -1 },
        { name: "Recipe", dataType: recipe.nodeId, valueRank: -1 },
        { name: "Others", dataType: recipe.nodeId, valueRank: 1 },
        { name: "Limit", dataType: limit.nodeId, valueRank: -1 },
        { name: "Note", dataType: opcua.resolveNodeId("String"), valueRank: -1, isOptional: true },
        { name: "Due", dataType: opcua.resolveNodeId("DateTime"), valueRank: -1, isOptional: true },
    ]);
    await opcua.ensureDatatypeExtracted(addressSpace);
    const cola = addressSpace.constructExtensionObject(recipe, {
        name: "Cola",
        amount: 0.33,
        steps: [3, 1, 2],
        mode: 10,
    });
    const water = addressSpace.constructExtensionObject(recipe, { name: "Water", amount: 0.5, steps: [], mode: 0 });
    namespace.addVariable({
        componentOf: machine,
        browseName: "Recipe",
        nodeId: "s=Recipe",
        dataType: recipe.nodeId,
        value: { dataType: DataType.ExtensionObject, value: cola },
    });
    namespace.addVariable({
        componentOf: machine,
        browseName: "Recipes",
        nodeId: "s=Recipes",
        dataType: recipe.nodeId,
        valueRank: 1,
        value: { dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: [cola, water] },
    });
    const orderOf = (fields) => addressSpace.constructExtensionObject(order, { recipe: cola, others: [water], ...fields });
    addStructured(namespace, machine, "Order", order, orderOf({ number: 1, limit: { percent: 12.5 }, note: "soon" }));
    addStructured(namespace, machine, "Plain", order, orderOf({ number: 2, limit: { steps: 3 } }));
    // of a type that the server does not describe
    const secret = new OpaqueStructure(opcua.resolveNodeId("ns=" + namespace.index + ";i=4711"), Buffer.from("abc"));
    namespace.addVariable({
        componentOf: machine,
        browseName: "Mixed",
        nodeId: "s=Mixed",
        dataType: "Structure",
        valueRank: 1,
        value: { dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: [cola, secret] },
    });
    namespace.addVariable({
        componentOf: machine,
        browseName: "States",
        nodeId: "s=States",
        accessLevel: "CurrentRead | CurrentWrite",
        userAccessLevel: "CurrentRead | CurrentWrite",
        dataType: states.nodeId,
        valueRank: 1,
        value: { dataType: DataType.Int32, arrayType: VariantArrayType.Array, value: new Int32Array([0, 20, 7]) },
    });
    namespace.addVariable({
        componentOf: machine,
        browseName: "Shelf",
        nodeId: "s=Shelf",
        dataType: recipe.nodeId,
        valueRank: 2,
        value: {
            dataType: DataType.ExtensionObject,
            arrayType: VariantArrayType.Matrix,
            dimensions: [2, 1],
            value: [cola, water],
        },
    });
}

function addStructure(namespace, name, base, fields) {
    const type = namespace.createDataType({
        browseName: name,
        isAbstract: false,
        subtypeOf: base,
        partialDefinition: fields,
    });
    namespace.addObject({
        browseName: { name: "Default Binary", namespaceIndex: 0 },
        nodeId: "s=" + name + "DefaultBinary",
        typeDefinition: "DataTypeEncodingType",
        encodingOf: type.nodeId,
    });
    return type;
}

function addStructured(namespace, parent, name, type, value) {
    namespace.addVariable({
        componentOf: parent,
        browseName: name,
        nodeId: "s=" + name,
        dataType: type.nodeId,
        value: { dataType: DataType.ExtensionObject, value },
    });
}

function addMethod(namespace, machine) {
    const method = namespace.addMethod(machine, {
        browseName: "Start",
        nodeId: "s=Start",
        inputArguments: [{ name: "speed", dataType: DataType.Double }],
        outputArguments: [],
    });
    method.bindMethod((inputs, context, answer) => answer(null, { statusCode: StatusCodes.Good, outputArguments: [] }));
}

// takes and gives each kind of argument; a speed above 100 is refused with the argument's own status
function addMix(addressSpace, namespace, machine) {
    const state = addressSpace.findDataType("MachineState", namespace.index).nodeId;
    const mix = namespace.addMethod(machine, {
        browseName: "Mix",
        nodeId: "s=Mix",
        description: "Mixes a batch.",
        inputArguments: [
            { name: "speed", dataType: DataType.Double, description: "Turns a minute" },
            { name: "mode", dataType: state },
            { name: "steps", dataType: DataType.Int32, valueRank: 1 },
        ],
        outputArguments: [
            { name: "total", dataType: DataType.Int32 },
            { name: "mode", dataType: state },
            { name: "words", dataType: DataType.String, valueRank: 1 },
        ],
    });
    mix.bindMethod((inputs, context, answer) => {
        const [speed, mode, steps] = inputs.map((input) => input.value);
        if (speed > 100) {
            return answer(null, {
                statusCode: StatusCodes.BadInvalidArgument,
                inputArgumentResults: [StatusCodes.BadOutOfRange, StatusCodes.Good, StatusCodes.Good],
            });
        }
        answer(null, {
            statusCode: StatusCodes.Good,
            outputArguments: [
                { dataType: DataType.Int32, value: Array.from(steps).reduce((sum, step) => sum + step, 0) },
                { dataType: DataType.Int32, value: mode },
                { dataType: DataType.String, arrayType: VariantArrayType.Array, value: ["speed", String(speed)] },
            ],
        });
    });
    const twin = namespace.addObject({
        organizedBy: addressSpace.rootFolder.objects,
        browseName: "Twin",
        nodeId: "s=Twin",
    });
    const shared = namespace.addMethod(machine, { browseName: "Shared", nodeId: "s=Shared" });
    shared.bindMethod((inputs, context, answer) => answer(null, { statusCode: StatusCodes.Good, outputArguments: [] }));
    twin.addReference({ referenceType: "HasComponent", nodeId: shared.nodeId });
}

// 2,500 values that begin at 2026-01-01, one a second, the number being the value
async function addHistory(addressSpace, namespace, machine) {
    const past = namespace.addVariable({
        componentOf: machine,
        browseName: "Past",
        nodeId: "s=Past",
        dataType: DataType.Double,
        historizing: true,
        accessLevel: "CurrentRead | HistoryRead",
        userAccessLevel: "CurrentRead | HistoryRead",
    });
    addressSpace.installHistoricalDataNode(past, { maxOnlineValues: 5000 });
    if (flag("aggregates")) {
        const { Average, Minimum, Maximum, Count, Interpolative } = opcua.AggregateFunction;
        opcua.addAggregateSupport(addressSpace, [Average, Minimum, Maximum, Count, Interpolative]);
        opcua.installAggregateConfigurationOptions(past, {
            percentDataBad: 100,
            percentDataGood: 100,
            treatUncertainAsBad: false,
            useSlopedExtrapolation: false,
            stepped: false,
        });
    }
    const begin = Date.parse("2026-01-01T00:00:00Z");
    for (let i = 0; i < 2500; i++) {
        past.setValueFromSource({ dataType: DataType.Double, value: i }, StatusCodes.Good, new Date(begin + i * 1000));
    }
}

function addAlarm(addressSpace, namespace) {
    addressSpace.installAlarmsAndConditionsService();
    const tank = namespace.addObject({
        browseName: "Tank",
        nodeId: "s=Tank",
        organizedBy: addressSpace.rootFolder.objects,
        notifierOf: addressSpace.rootFolder.objects.server,
        eventNotifier: 1,
    });
    const level = namespace.addVariable({
        browseName: "TankLevel",
        nodeId: "s=TankLevel",
        componentOf: tank,
        eventSourceOf: tank,
        dataType: DataType.Double,
        accessLevel: "CurrentRead | CurrentWrite",
        userAccessLevel: "CurrentRead | CurrentWrite",
    });
    level.setValueFromSource({ dataType: DataType.Double, value: 50 });
    namespace.instantiateExclusiveLimitAlarm("ExclusiveLimitAlarmType", {
        browseName: "TankLevelAlarm",
        nodeId: "s=TankLevelAlarm",
        componentOf: tank,
        conditionSource: level,
        inputNode: level,
        highHighLimit: 98,
        highLimit: 90,
        lowLimit: 10,
        lowLowLimit: 2,
        optionals: ["ConfirmedState", "Confirm"],
    });
    addBatchEvent(namespace, tank);
}

// an event of the server's own type, with a field that only it has; raised by a method
function addBatchEvent(namespace, tank) {
    const type = namespace.addEventType({ browseName: "BatchEventType", nodeId: "s=BatchEventType" });
    namespace.addVariable({
        propertyOf: type,
        browseName: "BatchId",
        dataType: DataType.String,
        modellingRule: "Mandatory",
    });
    const finish = namespace.addMethod(tank, { browseName: "Finish", nodeId: "s=Finish" });
    finish.bindMethod((inputs, context, answer) => {
        tank.raiseEvent(type, {
            message: { dataType: DataType.LocalizedText, value: { text: "Batch finished" } },
            severity: { dataType: DataType.UInt16, value: 200 },
            batchId: { dataType: DataType.String, value: "B-4711" },
        });
        answer(null, { statusCode: StatusCodes.Good, outputArguments: [] });
    });
}

function addChanging(namespace, machine) {
    const counter = namespace.addVariable({
        componentOf: machine,
        browseName: "Counter",
        nodeId: "s=Counter",
        dataType: DataType.UInt32,
        value: { dataType: DataType.UInt32, value: 1000 },
    });
    let count = 1000;
    setInterval(() => counter.setValueFromSource({ dataType: DataType.UInt32, value: ++count }), 50);
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
