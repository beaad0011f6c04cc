#!/usr/bin/env python3
"""The recipe of Pande et al. 2026 (arXiv 2603.06673) in PyTorch, to be timed beside ours; bench/reference.ts runs it.

The cube is float32, band-interleaved by pixel, without dead pixels. After every `--every` epochs the shares of the pass whose weights would
be kept (least mean training loss so far) are written to OUT/EPOCH.f32, and one line of JSON tells
{"epoch", "seconds", "cpu", "loss"}: seconds of training alone, from the first step on, checkpoints not counted, and the processor's.
"""

import argparse
import copy
import json
import pathlib
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

TINY = 1e-8


def robust_scores(values):
    centre = np.median(values)
    return (values - centre) / (np.median(np.abs(values - centre)) + TINY)


def band_reliability(spectra):
    """Weights from how badly a band agrees with its neighbours and how rough the median spectrum is there."""
    centre = np.median(spectra, axis=0)
    z = (spectra - centre) / (np.median(np.abs(spectra - centre), axis=0) + TINY)
    z = (z - z.mean(axis=0)) / (z.std(axis=0) + TINY)
    along = np.clip((z[:, :-1] * z[:, 1:]).mean(axis=0), -1, 1)
    agreement = np.minimum(np.append(along[:1], along), np.append(along, along[-1:]))
    rough = np.abs(np.diff(centre, 2))
    rough = np.concatenate([rough[:1], rough, rough[-1:]])
    score = np.maximum(robust_scores(1 - agreement), 0) + 0.75 * np.maximum(robust_scores(rough), 0)
    return 0.05 + 0.95 / (1 + np.exp(2 * (score - 3)))


class Autoencoder(nn.Module):
    def __init__(self, bands, endmembers, features=48, slope=0.01, dropout=0.2, sharpness=3.5, side=5):
        super().__init__()
        self.sharpness = sharpness
        self.encoder = nn.Sequential(
            nn.Conv2d(bands, features, 3, padding=1),
            nn.BatchNorm2d(features),
            nn.LeakyReLU(slope),
            nn.Dropout2d(dropout),
            nn.Conv2d(features, endmembers, 1),
            nn.BatchNorm2d(endmembers),
            nn.LeakyReLU(slope),
            nn.Dropout2d(dropout),
        )
        self.kernel = nn.Parameter(torch.empty(bands, endmembers, side, side))
        nn.init.xavier_uniform_(self.kernel)

    def shares(self, image):
        return torch.softmax(self.sharpness * self.encoder(image), dim=1)

    def forward(self, image):
        kernel = F.softplus(self.kernel)
        return F.conv2d(self.shares(image), kernel, padding=kernel.shape[-1] // 2)


def mean_angle(measured, modelled, weights):
    """Eq. 4: the weight enters both spectra."""
    x, y = weights * measured, weights * modelled
    cosine = (x * y).sum(dim=1) / (x.norm(dim=1) * y.norm(dim=1) + TINY)
    return torch.arccos(cosine.clamp(-1 + 1e-7, 1 - 1e-7)).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cube")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--size", type=int, nargs=3, required=True, metavar=("WIDTH", "HEIGHT", "BANDS"))
    parser.add_argument("--endmembers", type=int, required=True)
    parser.add_argument("--epochs", type=int, default=120)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--patch", type=int, default=5)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    said = parser.parse_args()
    torch.manual_seed(said.seed)
    said.out.mkdir(parents=True, exist_ok=True)

    width, height, bands = said.size
    spectra = np.fromfile(said.cube, dtype="<f4").reshape(-1, bands)
    weights = torch.tensor(band_reliability(spectra.astype(np.float64)), dtype=torch.float32)
    weights = weights.reshape(1, -1, 1, 1).to(said.device)
    low, high = spectra.min(axis=0), spectra.max(axis=0)
    scaled = (spectra - low) / (high - low + TINY)
    image = torch.tensor(scaled.reshape(height, width, bands)).permute(2, 0, 1)
    patches = image.unfold(1, said.patch, 1).unfold(2, said.patch, 1).permute(1, 2, 0, 3, 4)
    patches = patches.reshape(-1, bands, said.patch, said.patch).contiguous().to(said.device)
    image = image[None].to(said.device)

    network = Autoencoder(bands, said.endmembers).to(said.device)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    best, least, seconds, cpu = None, float("inf"), 0.0, 0.0
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(), "device": said.device}), flush=True)
    for epoch in range(1, said.epochs + 1):
        begun, worked = time.perf_counter(), time.process_time()
        network.train()
        total = 0.0
        for chosen in torch.randperm(len(patches)).split(said.batch):
            batch = patches[chosen]
            optimiser.zero_grad()
            loss = mean_angle(batch, network(batch), weights)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(chosen)
        mean = total / len(patches)
        if mean < least:
            least = mean
            best = copy.deepcopy(network.state_dict())
        seconds += time.perf_counter() - begun
        cpu += time.process_time() - worked
        if epoch % said.every == 0 or epoch == said.epochs:
            kept = Autoencoder(bands, said.endmembers).to(said.device)
            kept.load_state_dict(best)
            kept.eval()
            with torch.no_grad():
                shares = kept.shares(image)[0].permute(1, 2, 0).reshape(-1, said.endmembers)
            shares.cpu().numpy().astype("<f4").tofile(said.out / f"{epoch}.f32")
            told = {"epoch": epoch, "seconds": round(seconds, 2), "cpu": round(cpu, 2), "loss": mean}
            print(json.dumps(told), flush=True)


main()
