/* Reads the ranges on standard input (FROM COUNT, one a line) POLLS times; prints the milliseconds of one poll. */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
    static int from[10000], count[10000];
    uint16_t registers[MODBUS_MAX_READ_REGISTERS];
    int requests = 0;
    if (argc != 3) {
        return 2;
    }
    while (requests < 10000 && scanf("%d %d", &from[requests], &count[requests]) == 2) {
        requests++;
    }
    modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_set_slave(context, 1);
    if (modbus_connect(context) < 0) {
        return 1;
    }
    int polls = atoi(argv[2]);
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int poll = 0; poll < polls; poll++) {
        for (int i = 0; i < requests; i++) {
            if (modbus_read_registers(context, from[i], count[i], registers) != count[i] || registers[0] != from[i]) {
                return 1;
            }
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.4f\n", ((end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) / 1e6) / polls);
    return 0;
}
