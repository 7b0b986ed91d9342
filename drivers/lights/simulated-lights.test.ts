import { lightsContract } from './lights.contract.ts';
import { simulateLights } from './simulated-lights.ts';

lightsContract('the simulated lights', async () => {
  const lights = simulateLights();
  return { lights, seen: async () => lights.shown() };
});
