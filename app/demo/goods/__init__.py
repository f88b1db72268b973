"""Every leaf of the demo's category tree."""

from app.demo.goods import (
    computers,
    connecting,
    networking,
    power,
    printing,
    rooms,
    screens,
    servers,
    software,
)

KINDS = (
    *computers.KINDS,
    *screens.KINDS,
    *connecting.KINDS,
    *networking.KINDS,
    *servers.KINDS,
    *printing.KINDS,
    *power.KINDS,
    *rooms.KINDS,
    *software.KINDS,
)
