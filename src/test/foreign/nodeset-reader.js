// Loads a NodeSet2 file into node-opcua's address space and prints what came of it, as JSON; of another server than
// opcua-server.js only how many nodes.
//   node nodeset-reader.js FILE
const opcua = require("node-opcua");

async function main() {
    const addressSpace = opcua.AddressSpace.create();
    addressSpace.registerNamespace("urn:reader");
    await opcua.generateAddressSpace(addressSpace, [opcua.nodesets.standard, process.argv[2]]);
    const index = addressSpace.getNamespaceIndex("urn:foreign:filler");
    const find = (name) => addressSpace.findNode(`ns=${index};s=${name}`);
    const loaded = addressSpace
        .getNamespaceArray()
        .filter((namespace) => namespace.index > 1)
        .reduce((sum, namespace) => sum + [...namespace.nodeIterator()].length, 0);
    if (index < 0) {
        console.log("result " + JSON.stringify({ nodes: loaded }));
        addressSpace.dispose();
        return;
    }
    const machine = find("Machine");
    console.log(
        "result " +
            JSON.stringify({
                nodes: loaded,
                parent: machine
                    .findReferencesEx("HierarchicalReferences", opcua.BrowseDirection.Inverse)
                    .map((one) => one.nodeId.toString()),
                speed: find("Speed").getPropertyByName("EURange").readValue().value.value.high,
                inputs: find("Mix").getInputArguments().map((one) => one.name),
                state: addressSpace.findDataType("MachineState", index).getEnumDefinition().fields.length,
                recipe: addressSpace.findDataType("Recipe", index).getStructureDefinition().fields.length,
            })
    );
    addressSpace.dispose();
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
