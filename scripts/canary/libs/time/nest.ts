// nest-is-for-apps
import '@nestjs/common';
export const nest = 'Nest';
