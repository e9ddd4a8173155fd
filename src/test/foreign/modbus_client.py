"""Asks a Modbus TCP server every function that pymodbus knows and our simulator has, and prints what came back.

Usage: modbus_client.py PORT UNIT. The server has writable holding registers 10 to 12 and coils 3 to 4, a discrete input 1
and an input register 5.
"""
import sys

from pymodbus.client import ModbusTcpClient

client = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]))
client.connect()
unit = {"slave": int(sys.argv[2])}
plain = {"unit": int(sys.argv[2])}  # how the two functions that pymodbus passes on as they are want it


def say(function, answer):
    if answer.isError():
        print(function, "error", answer)
    elif hasattr(answer, "registers"):
        print(function, answer.registers)
    elif hasattr(answer, "bits"):
        print(function, [int(bit) for bit in answer.bits[:2]])
    else:
        print(function, "done")


say(5, client.write_coil(3, True, **unit))
say(15, client.write_coils(3, [True, True], **unit))
say(1, client.read_coils(3, 2, **unit))
say(2, client.read_discrete_inputs(1, 1, **unit))
say(4, client.read_input_registers(5, 1, **unit))
say(6, client.write_register(10, 0x00F2, **unit))
say(16, client.write_registers(11, [7, 8], **unit))
say(22, client.mask_write_register(10, 0x00F2, 0x0025, **plain))
say(3, client.read_holding_registers(10, 3, **unit))
say(23, client.readwrite_registers(
    read_address=10, read_count=3, write_address=11, write_registers=[41, 42], **plain))
client.close()
