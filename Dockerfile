# The image is the `borderline` command; without arguments it serves. Node 20.19 is the oldest supported version; the image uses a newer one.
ARG NODE_VERSION=24.22.3

# With a C++ compiler and Python: better-sqlite3 is compiled where there is no prebuilt binary.
FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 BORDERLINE_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# A new volume gets the owner of the folder on which it is mounted. /keys is for instances that share keys.
RUN install -d -o node -g node -m 700 /data /keys && \
    printf '#!/bin/sh\nexec node --enable-source-maps /app/dist/program/main.js "$@"\n' > /usr/local/bin/borderline && \
    chmod 755 /usr/local/bin/borderline
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node runs without a shell, so that a signal reaches the server.
ENTRYPOINT ["node", "--enable-source-maps", "/app/dist/program/main.js"]
CMD ["serve"]
