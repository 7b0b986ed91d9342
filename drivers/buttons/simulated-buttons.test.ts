import { buttonsContract } from './buttons.contract.ts';
import { simulateButtons } from './simulated-buttons.ts';

buttonsContract('the simulated buttons', async () => {
  const buttons = simulateButtons();
  return { buttons, push: async (button) => buttons.press(button), grip: async () => buttons.grip() };
});
