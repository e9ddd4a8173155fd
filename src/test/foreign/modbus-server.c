/*
 * A Modbus TCP server on libmodbus that the foreign tests read and write. Values are laid into the registers by
 * libmodbus' macros and modbus_set_float (which is CDAB), so that they are an independent word on types and orders; its
 * modbus_set_float_abcd and kin are not used, for they swap the bytes in versions before 3.1.7.
 * Usage: modbus-server PORT (0: a free one); prints "listening PORT".
 */
#include <arpa/inet.h>
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

static void fill(modbus_mapping_t *map) {
    uint16_t *r = map->tab_registers;
    float single = 72.5f;
    int32_t word;
    memcpy(&word, &single, sizeof word);
    MODBUS_SET_INT32_TO_INT16(r, 0, word);
    modbus_set_float(-1.25f, r + 2);
    r[4] = 0x6040; /* 3.5 is 40 60 00 00 */
    r[5] = 0x0000;
    r[6] = 0xF902; /* 1e10 is 50 15 02 F9 */
    r[7] = 0x1550;
    r[8] = 65535;
    r[9] = (uint16_t) -7;
    r[10] = 0x0201;
    int32_t number = (int32_t) 4000000000u;
    MODBUS_SET_INT32_TO_INT16(r, 12, number);
    number = -4;
    MODBUS_SET_INT32_TO_INT16(r, 14, number);
    number = -123456;
    r[16] = (uint16_t) (number & 0xFFFF);
    r[17] = (uint16_t) ((uint32_t) number >> 16);
    int64_t bits = -1;
    MODBUS_SET_INT64_TO_INT16(r, 20, bits);
    bits = -9007199254740993LL;
    MODBUS_SET_INT64_TO_INT16(r, 24, bits);
    double real = 0.1;
    memcpy(&bits, &real, sizeof bits);
    MODBUS_SET_INT64_TO_INT16(r, 28, bits);
    real = -2.5;
    memcpy(&bits, &real, sizeof bits);
    for (int i = 0; i < 4; i++) {
        r[32 + i] = (uint16_t) (bits >> 16 * i);
    }
    r[40] = 0x1234;
    r[41] = 0x1234;
    r[42] = 0x5678;
    const char *text = "Kessel 1";
    for (size_t i = 0; i < strlen(text); i += 2) {
        r[50 + i / 2] = (uint16_t) (text[i] << 8 | text[i + 1]);
    }
    r[60] = 0x000C;
    map->tab_input_registers[5] = 17;
    map->tab_bits[3] = 1;
    map->tab_input_bits[1] = 1;
}

int main(int argc, char **argv) {
    modbus_t *context = modbus_new_tcp("127.0.0.1", argc > 1 ? atoi(argv[1]) : 0);
    modbus_mapping_t *map = modbus_mapping_new(10, 10, 100, 10);
    if (context == NULL || map == NULL) {
        return 1;
    }
    fill(map);
    int server = modbus_tcp_listen(context, 8);
    if (server < 0) {
        fprintf(stderr, "%s\n", modbus_strerror(-1));
        return 1;
    }
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    getsockname(server, (struct sockaddr *) &address, &length);
    printf("listening %d\n", ntohs(address.sin_port));
    fflush(stdout);

    fd_set all;
    FD_ZERO(&all);
    FD_SET(server, &all);
    int last = server;
    for (;;) {
        fd_set ready = all;
        if (select(last + 1, &ready, NULL, NULL, NULL) < 0) {
            return 1;
        }
        for (int s = 0; s <= last; s++) {
            if (!FD_ISSET(s, &ready)) {
                continue;
            }
            if (s == server) {
                int client = accept(server, NULL, NULL);
                if (client >= 0) {
                    FD_SET(client, &all);
                    last = client > last ? client : last;
                }
                continue;
            }
            uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
            modbus_set_socket(context, s);
            int size = modbus_receive(context, query);
            if (size > 0) {
                modbus_reply(context, query, size, map);
            } else if (size < 0) {
                close(s);
                FD_CLR(s, &all);
            }
        }
    }
}
