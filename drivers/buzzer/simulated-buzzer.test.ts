import { buzzerContract } from './buzzer.contract.ts';
import { simulateBuzzer } from './simulated-buzzer.ts';

buzzerContract('the simulated buzzer', async () => {
  const buzzer = simulateBuzzer();
  return { buzzer, heard: async () => buzzer.played() };
});
