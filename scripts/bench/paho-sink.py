"""The peer in Python: a bare paho subscriber that counts, and prints a line when a lap of messages has come."""

import sys

import paho.mqtt.client as mqtt

port, client_id, topic_filter, qos, lap = sys.argv[1:]
messages_per_lap = int(lap)
messages = 0


def on_connect(client, _userdata, _flags, _reason, _properties):
    client.subscribe(topic_filter, int(qos))


def on_message(_client, _userdata, _message):
    global messages
    messages += 1
    if messages % messages_per_lap == 0:
        print(messages, flush=True)


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id)
client.on_connect = on_connect
client.on_message = on_message
client.connect("127.0.0.1", int(port))
client.loop_forever()
