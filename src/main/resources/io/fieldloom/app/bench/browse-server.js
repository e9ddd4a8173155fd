// A large OPC UA server: 200 machines with 100 variables each, beside what every server has.
const { OPCUAServer, DataType, SecurityPolicy, MessageSecurityMode } = require("node-opcua");

(async () => {
    const server = new OPCUAServer({
        port: 0,
        hostname: "127.0.0.1",
        securityPolicies: [SecurityPolicy.None],
        securityModes: [MessageSecurityMode.None],
        serverCapabilities: { operationLimits: { maxNodesPerBrowse: 500, maxNodesPerRead: 1000 } },
    });
    await server.initialize();
    const space = server.engine.addressSpace;
    const namespace = space.getOwnNamespace();
    for (let machine = 0; machine < 200; machine++) {
        const folder = namespace.addFolder(space.rootFolder.objects, { browseName: "Machine" + machine });
        for (let tag = 0; tag < 100; tag++) {
            namespace.addVariable({
                componentOf: folder,
                browseName: "Tag" + tag,
                dataType: "Double",
                value: { dataType: DataType.Double, value: tag },
            });
        }
    }
    await server.start();
    console.log("opc.tcp://127.0.0.1:" + server.endpoints[0].port);
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
