"""
The other side of `bench/engine.ts --torch`: the training step of test/gptStep.ts in PyTorch, written from GPT-2's definition.

Reads `{"steps": n}` a line, the first with the model, its start and a batch beside it, and answers with the loss before each step
and its wall-clock and processor milliseconds.
"""

import base64
import json
import math
import os
import sys
import time

import torch
from torch.nn import functional as F

threads = int(os.environ["OMP_NUM_THREADS"])
torch.set_num_threads(threads)
torch.ones(64, 64) @ torch.ones(64, 64)
with open("/proc/self/maps") as maps:
    libraries = {os.path.realpath(line.split()[-1]) for line in maps if "blas" in line}
print(json.dumps({"version": torch.__version__, "blas": sorted(libraries)}), flush=True)

first = json.loads(sys.stdin.readline())
start = first["start"]
layers, heads, width = (start[name] for name in ("layers", "heads", "width"))
batch, length = start["shape"]
depth = width // heads


def numbers(text, kind):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=kind)


tokens, targets = (numbers(start[name], torch.int32).long().view(batch, length) for name in ("tokens", "targets"))
arena = numbers(start["parameters"], torch.float32)
parameters = {}
for entry in start["layout"]:
    size = math.prod(entry["shape"])
    value = arena[entry["offset"] : entry["offset"] + size].view(entry["shape"])
    # A linear layer of PyTorch keeps its weight transposed.
    value = value.t() if entry["name"].endswith(".weight") else value
    parameters[entry["name"]] = value.clone(memory_format=torch.contiguous_format).requires_grad_()

future = torch.triu(torch.ones(length, length, dtype=torch.bool), 1)


def linear(name, x):
    return F.linear(x, parameters[f"{name}.weight"], parameters[f"{name}.bias"])


def norm(name, x):
    return F.layer_norm(x, (width,), parameters[f"{name}.scale"], parameters[f"{name}.bias"], 1e-5)


def attention(name, x):
    q, k, v = (
        part.view(batch, length, heads, depth).transpose(1, 2)
        for part in linear(f"{name}.queryKeyValue", x).split(width, dim=2)
    )
    scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(depth))
    mixed = F.softmax(scores.masked_fill(future, float("-inf")), dim=-1) @ v
    return linear(f"{name}.output", mixed.transpose(1, 2).reshape(batch, length, width))


def loss():
    x = F.embedding(tokens, parameters["token.table"]) + parameters["position.table"][:length]
    for layer in range(layers):
        name = f"block{layer}"
        x = x + attention(f"{name}.attention", norm(f"{name}.norm1", x))
        hidden = F.gelu(linear(f"{name}.mlp.hidden", norm(f"{name}.norm2", x)))
        x = x + linear(f"{name}.mlp.output", hidden)
    logits = linear("head", norm("norm", x))
    return F.cross_entropy(logits.view(batch * length, -1), targets.view(-1))


every = list(parameters.values())
optimizer = torch.optim.AdamW(
    [
        {"params": [p for p in every if p.dim() >= 2], "weight_decay": start["decay"]},
        {"params": [p for p in every if p.dim() < 2], "weight_decay": 0.0},
    ],
    lr=start["learningRate"],
    betas=(0.9, 0.99),
    eps=1e-8,
    foreach=True,
)


def step():
    optimizer.zero_grad(set_to_none=True)
    value = loss()
    value.backward()
    torch.nn.utils.clip_grad_norm_(every, 1.0)
    optimizer.step()
    return value.item()


def answer(steps):
    losses, wall, processor = [], [], []
    for _ in range(steps):
        before, used = time.perf_counter(), time.process_time()
        losses.append(step())
        wall.append(1000 * (time.perf_counter() - before))
        processor.append(1000 * (time.process_time() - used))
    print(json.dumps({"losses": losses, "ms": wall, "processorMs": processor}), flush=True)


answer(first["steps"])
for line in sys.stdin:
    answer(json.loads(line)["steps"])
