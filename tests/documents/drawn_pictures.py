"""Pictures an office might send: a red ring as its seal, a blue stroke as a signature."""

import io

from PIL import Image, ImageDraw

RED, BLUE = (214, 16, 20, 255), (20, 40, 160, 255)


def png(image):
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def seal(size=600, colour=RED, ground=(0, 0, 0, 0), margin=40):
    image = Image.new("RGBA", (size, size), ground)
    box = (margin, margin, size - margin, size - margin)
    ImageDraw.Draw(image).ellipse(box, outline=colour, width=24)
    return png(image)


def signature(width=500, colour=BLUE):
    image = Image.new("RGBA", (width, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 150), (width // 2, 20), (width - 10, 160)], colour, 12)
    return png(image)
