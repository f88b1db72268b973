"""The portal: who asks, what is allowed, what they are shown."""
