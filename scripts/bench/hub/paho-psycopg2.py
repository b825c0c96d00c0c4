"""The peer in Python: a paho subscriber that stores rows with psycopg2's execute_values, commits, and then acknowledges."""

import csv
import io
import json
import sys

import paho.mqtt.client as mqtt
import psycopg2
from psycopg2.extras import execute_values

port, topic_filter, database_url, table, names = sys.argv[1:]
columns = names.split(",")
connection = psycopg2.connect(database_url)
cursor = connection.cursor()
insert = f"insert into {table} (home, at, {names}) values %s on conflict do nothing"


def on_connect(client, _userdata, _flags, _reason, _properties):
    client.subscribe(topic_filter, 1)


def on_message(client, _userdata, message):
    home = message.topic.split("/")[1]
    rows = []
    for device in json.loads(message.payload)["devices"]:
        for row in csv.DictReader(io.StringIO(device["minutes"])):
            rows.append((home, row["time"], *[row[name] or None for name in columns]))
    execute_values(cursor, insert, rows, page_size=1000)
    connection.commit()
    client.ack(message.mid, message.qos)
    print(len(rows), flush=True)


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "paho", manual_ack=True)
client.on_connect = on_connect
client.on_message = on_message
client.connect("127.0.0.1", int(port))
client.loop_forever()
