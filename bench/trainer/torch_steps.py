"""python3 torch_steps.py FILE STEPS THREADS: the same steps with PyTorch; prints the same JSON."""

import json
import sys
import time

import torch
import torch.nn.functional as F

PATH, STEPS, THREADS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
WARM_UP = 4
torch.set_num_threads(THREADS)

with open(PATH, "rb") as file:
    content = bytearray(file.read())
numbers = torch.frombuffer(content, dtype=torch.int32)
vocabulary, dimension, batch, batches = numbers[:4].tolist()
at = 4


def take(length):
    global at
    at += length
    return numbers[at - length : at].long()


def bags():
    offsets = take(batch + 1)
    return take(int(offsets[-1])), offsets[:-1]


work = [(bags(), bags()) for _ in range(batches)]
start = torch.frombuffer(content, dtype=torch.float32)[at:].reshape(vocabulary, dimension)

table = torch.nn.EmbeddingBag(vocabulary, dimension, mode="sum", sparse=True)
table.weight.data.copy_(start)
log_weights = [torch.nn.Parameter(torch.zeros(vocabulary)) for _ in range(2)]
heads = [torch.nn.Parameter(torch.eye(dimension)) for _ in range(2)]
sparse = torch.optim.SparseAdam([table.weight], lr=0.02)
dense = torch.optim.Adam(log_weights + heads, lr=0.002)


def embed(ids, offsets, side):
    weights = torch.exp(log_weights[side][ids])
    pooled = F.normalize(table(ids, offsets, per_sample_weights=weights), dim=1)
    return F.normalize(pooled @ heads[side].T, dim=1)


losses = []
answers = torch.arange(batch)
begun = 0.0
for n in range(WARM_UP + STEPS):
    if n == WARM_UP:
        begun = time.perf_counter()
    query, document = work[n % batches]
    scores = 20 * embed(*query, 0) @ embed(*document, 1).T
    loss = (F.cross_entropy(scores, answers) + F.cross_entropy(scores.T, answers)) / 2
    sparse.zero_grad()
    dense.zero_grad()
    loss.backward()
    sparse.step()
    dense.step()
    losses.append(loss.item())
seconds = time.perf_counter() - begun
print(json.dumps({"pairsPerSecond": STEPS * batch / seconds, "losses": losses}))
