// swagger-is-for-apps-and-events
import '@nestjs/swagger';
export const swagger = 'Swagger';
