"""A Modbus server on pymodbus that the foreign tests read and write.

Values are laid into the registers by pymodbus' own builder, so that they are an independent word on types and byte
orders. Usage: modbus_server.py PORT, or modbus_server.py udp|rtu-tcp PORT, or modbus_server.py rtu SERIALPORT BAUD, or
modbus_server.py multiple PORT for one that has no functions 5, 6 and 22
"""
import sys

from pymodbus.constants import Endian
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.payload import BinaryPayloadBuilder
from pymodbus.factory import ServerDecoder
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import StartSerialServer, StartTcpServer, StartUdpServer
from pymodbus.transaction import ModbusRtuFramer

BIG, LITTLE = Endian.Big, Endian.Little


def laid(kind, value, byteorder=BIG, wordorder=BIG):
    builder = BinaryPayloadBuilder(byteorder=byteorder, wordorder=wordorder)
    getattr(builder, "add_" + kind)(value)
    return builder.to_registers()


registers = [0] * 100
for address, words in {
    0: laid("32bit_float", 72.5),
    2: laid("32bit_float", -1.25, BIG, LITTLE),
    4: laid("32bit_float", 3.5, LITTLE, BIG),
    6: laid("32bit_float", 1e10, LITTLE, LITTLE),
    8: laid("16bit_uint", 65535),
    9: laid("16bit_int", -7),
    10: laid("16bit_uint", 258, LITTLE),
    12: laid("32bit_uint", 4000000000),
    14: laid("32bit_int", -4),
    16: laid("32bit_int", -123456, BIG, LITTLE),
    20: laid("64bit_uint", 18446744073709551615),
    24: laid("64bit_int", -9007199254740993),
    28: laid("64bit_float", 0.1),
    32: laid("64bit_float", -2.5, BIG, LITTLE),
    40: [0x1234],
    41: [0x1234, 0x5678],
    50: laid("string", b"Kessel 1"),
    60: [0x000C],
}.items():
    registers[address:address + len(words)] = words

unit = ModbusSlaveContext(
    di=ModbusSequentialDataBlock(0, [0, 1] + [0] * 8),
    co=ModbusSequentialDataBlock(0, [0, 0, 0, 1] + [0] * 6),
    hr=ModbusSequentialDataBlock(0, registers),
    ir=ModbusSequentialDataBlock(0, [0, 0, 0, 0, 0, 17] + [0] * 4),
    zero_mode=True,
)
context = ModbusServerContext(slaves={1: unit}, single=False)
identity = ModbusDeviceIdentification(
    info_name={"VendorName": "Acme", "ProductCode": "B-7", "MajorMinorRevision": "2.1", "ProductName": "Boiler"})
kind = sys.argv[1] if len(sys.argv) > 2 else "tcp"
if kind == "multiple":
    table = "_ServerDecoder__function_table"
    kept = [each for each in getattr(ServerDecoder, table) if each.function_code not in (5, 6, 22)]
    setattr(ServerDecoder, table, kept)
if kind == "rtu":
    StartSerialServer(
        context=context, identity=identity, framer=ModbusRtuFramer, port=sys.argv[2], baudrate=int(sys.argv[3]))
else:
    address = ("127.0.0.1", int(sys.argv[-1]))
    if kind == "udp":
        StartUdpServer(context=context, identity=identity, address=address)
    elif kind == "rtu-tcp":
        StartTcpServer(context=context, identity=identity, address=address, framer=ModbusRtuFramer)
    else:
        StartTcpServer(context=context, identity=identity, address=address)
