"""An average of a network's weights that follows it while it learns: steadier than its last step."""

import torch


def follow(average, net, keep):
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), net.state_dict().values()):
            if kept.dtype.is_floating_point:
                kept.mul_(keep).add_(new, alpha=1 - keep)
            else:
                kept.copy_(new)
